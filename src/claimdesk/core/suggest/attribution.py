"""Who says what: finds the attributions of one sentence from its cues, by the place of the words around them.

A sentence is cut into zones, one to a cue: the words of the source before the cue (or after it, inverted), and the words of
the content behind it (or before it, postposed). What no zone takes is left for the author's own voice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from claimdesk.core.suggest.lexicon import Lexicon, Verb
from claimdesk.core.suggest.segments import Quote, Sentence, Token

Range = tuple[int, int]
"""Token places in the sentence, end exclusive."""

AUXILIARIES = frozenset(
    "has have had is are was were be been being will would may might could should must can did does do not n't".split()
)
ADVERBS = frozenset(
    "also then later again repeatedly once previously already now still never even only first publicly recently just "
    "further initially subsequently earlier often long always".split()
)
BREAKS = frozenset(
    "and but although though while where which who whom because as after before with when if since that for whereas "
    "unless until amid despite or so yet whose than what how why whether by".split()
)
SUBORDINATE = frozenset(
    "although though while where which because after before with when since whereas amid but and who as".split()
)
PRONOUNS = frozenset("he she they it we i you who".split())
TIME_OR_PLACE = frozenset(
    "on in at during after before to from by late early last this yesterday today tonight earlier later when while as via "
    "monday tuesday wednesday thursday friday saturday sunday afterwards afterward through".split()
)
DETERMINERS = frozenset("the a an this these those his her its their our my both some many several other".split())
PAST = frozenset(
    "fell went came took gave made got saw knew began rose won lost kept left met paid sent spent stood thought brought built "
    "bought caught chose drew drove found flew grew heard hid hit led meant ran sat sold shot showed shook spoke stole struck "
    "threw understood wore wrote broke became felt held told said put cut set let goes comes makes takes gives gets needs "
    "wants knows means seems looks feels remains".split()
)
ASIDES = frozenset("but while although though where which".split())
CONTRACTED = ("'re", "'ll", "'ve", "'d", "n't", "'m")
BARE = frozenset(
    "say add argue claim contend insist believe think explain joke reckon maintain hope assert allege".split()
)
"""Verbs whose object is an assertion even where no finite verb is seen in it."""
ADDRESSED = frozenset("tell inform remind assure notify warn brief promise convince persuade reassure".split())
OBJECT_PRONOUNS = frozenset("him her them us me you it reporters".split())
STOPS = frozenset(". ? ! …".split())
COMMAS = frozenset(", – — -- ; : ( )".split())


@dataclass(slots=True)
class Found:
    """One attribution in token places; `cue_text` is what the reason names, `lemma` what decides a denial."""

    content: list[Range]
    source: Range | None
    cue: Range
    lemma: str
    groups: frozenset[str] = frozenset()
    inherits: bool = False
    confidence: float = 0.7


def find(sentence: Sentence, quotes: Sequence[Quote], words: Lexicon) -> list[Found]:
    """The attributions of a sentence in the order of their cues."""
    return _Reader(sentence.tokens, quotes, words).read()


class _Reader:
    def __init__(self, tokens: Sequence[Token], quotes: Sequence[Quote], words: Lexicon) -> None:
        self.tokens = tokens
        self.quotes = quotes
        self.words = words
        self.end = len(tokens)
        while self.end and tokens[self.end - 1].low in STOPS and tokens[self.end - 1].quote < 0:
            self.end -= 1

    def read(self) -> list[Found]:
        found: list[Found] = []
        at = 0
        while at < self.end:
            if found and found[-1].lemma == "accord" and found[-1].content[0][1] == self.end:
                break
            one = self._phrase(at) or self._verb(at, found) or self._noun(at) or self._hedge(at)
            if one is not None and not self._clashes(one, found):
                found.append(one)
                at = max(at, one.cue[1] - 1)
            at += 1
        self._part(found)
        return [one for one in found if self._is_claim(one)]

    # -- what a cue can be

    def _phrase(self, at: int) -> Found | None:
        """According to X, …; …, according to X."""
        for phrase in self.words.source_phrases:
            stop = at + len(phrase)
            if self._outside(at) and tuple(token.low for token in self.tokens[at:stop]) == phrase:
                end = self._noun_phrase_end(stop)
                if end == stop:
                    return None
                before = self._clause_start(at)
                fronted = all(token.low in COMMAS or token.low in {"and", "but"} for token in self.tokens[before:at])
                content = (end, self.end) if fronted else (before, at)
                return Found([content], (stop, end), (at, stop), "accord", frozenset({"phrase"}), confidence=0.85)
        return None

    def _verb(self, at: int, before: Sequence[Found]) -> Found | None:
        token = self.tokens[at]
        verb = self.words.verbs.get(token.low)
        if (
            verb is None
            or not self._outside(at)
            or (token.text[0].isupper() and at > 0 and not self._sentence_head(at))
        ):
            return None
        if verb.form == "gerund":
            return self._participle(at, verb, before)
        start = self._cue_start(at)
        if self._after_to_or_determiner(start, at, verb):
            return None
        stop = self._cue_stop(at, verb)
        inverted = self._inverted(start, stop, verb)
        if inverted is not None:
            return inverted
        if self._is_passive(start, at, verb):
            return self._rumour(start, stop, verb)
        relative = start > 0 and self.tokens[start - 1].low in {"which", "who"}
        source = self._antecedent(start - 1) if relative else self._subject(start)
        shared = self._shared_subject(start, verb, before) if source is None else None
        if shared is not None:
            content, confidence = (
                self._behind(begin, verb) if (begin := self._skip_to_content(stop, verb)) < self.end else ([], 0)
            )
            return Found(content, shared, (start, stop), verb.lemma, verb.groups, inherits=True) if content else None
        if source is None:
            return None
        content, confidence = self._content(stop, verb, source)
        return (
            Found(content, source, (start, stop), verb.lemma, verb.groups, confidence=confidence) if content else None
        )

    def _shared_subject(self, start: int, verb: Verb, before: Sequence[Found]) -> Range | None:
        """The source of the verb before, in "she said … and added …"."""
        place = start - 1
        if (
            place < 1
            or self.tokens[place].low not in {"and", "but"}
            or not before
            or verb.form not in {"past", "third"}
        ):
            return None
        last = before[-1]
        earlier = self.words.verbs.get(self.tokens[last.cue[1] - 1].low)
        if last.source is None or earlier is None or earlier.form != verb.form or last.source[0] > last.cue[0]:
            return None
        return last.source

    def _participle(self, at: int, verb: Verb, before: Sequence[Found]) -> Found | None:
        """…, suggesting that … goes on with the speaker before; reports indicating that … has its own."""
        follows = self.tokens[at + 1].low if at + 1 < self.end else ""
        if (
            at
            and self.tokens[at - 1].low in {",", "–", "—"}
            and before
            and (follows == "that" or "clause" in verb.groups)
        ):
            if before[-1].source is None:
                return None
            content, _ = self._content(at + 1, verb, before[-1].source)
            return (
                Found(content, before[-1].source, (at, at + 1), verb.lemma, verb.groups, inherits=True)
                if content
                else None
            )
        if at and follows == "that" and self.tokens[at - 1].low not in AUXILIARIES | COMMAS | BREAKS:
            source = self._subject(at)
            if source is not None:
                return Found([(at + 2, self.end)], source, (at, at + 1), verb.lemma, verb.groups)
        if at and self.tokens[at - 1].low in {"is", "are", "was", "were", "been"}:
            start = self._cue_start(at)
            source = self._subject(start)
            if source is not None:
                content, _ = self._content(at + 1, verb, source)
                return Found(content, source, (start, at + 1), verb.lemma, verb.groups) if content else None
        return None

    def _noun(self, at: int) -> Found | None:
        """Speculation that …; the minister's claim that …; rumours of …"""
        token = self.tokens[at]
        if at + 2 >= self.end or not self._outside(at):
            return None
        follows = self.tokens[at + 1].low
        speculation = token.low in self.words.speculation
        if follows == "that" and token.low in self.words.that_nouns and self._looks_like_clause(at + 2):
            owner = self._owner(at)
            if owner is None and not speculation:
                return None
            groups = frozenset({"speculation"}) if owner is None else frozenset({"noun"})
            return Found([(at + 2, self.end)], owner, (at, at + 2), token.low, groups, confidence=0.6)
        if follows in {"of", "over", "about"} and speculation and token.low in self.words.of_nouns:
            if token.low.startswith("report"):
                return None
            return Found(
                [(at + 2, self.end)], None, (at, at + 2), token.low, frozenset({"speculation"}), confidence=0.5
            )
        return None

    def _hedge(self, at: int) -> Found | None:
        """He reportedly left: a hedge that nobody stands behind."""
        if self.tokens[at].low not in self.words.hedges or not self._outside(at):
            return None
        start, stop = self._clause_start(at), self._clause_stop(at)
        if stop - start < 4:
            return None
        return Found(
            [(start, stop)], None, (at, at + 1), self.tokens[at].low, frozenset({"speculation"}), confidence=0.5
        )

    # -- the source

    def _cue_start(self, at: int) -> int:
        start = at
        place = at - 1
        while place >= 0 and self._outside(place):
            low = self.tokens[place].low
            if low in AUXILIARIES:
                start = place
            elif not (low in ADVERBS or low.endswith("ly")):
                break
            place -= 1
        return start

    def _cue_stop(self, at: int, verb: Verb) -> int:
        for particle in self.words.particles.get(verb.lemma, ()):
            parts = tuple(particle.split())
            if tuple(token.low for token in self.tokens[at + 1 : at + 1 + len(parts)]) == parts:
                return at + 1 + len(parts)
        return at + 1

    def _after_to_or_determiner(self, start: int, at: int, verb: Verb) -> bool:
        """Whether the form is an infinitive or a noun here ("to say", "the report", "his claims")."""
        if start != at and verb.form in {"past", "participle"}:
            return False
        before = self.tokens[start - 1].low if start else ""
        if verb.form in {"base", "third"} and (self._verb_follows(at) or self._noun_follows(at, verb)):
            return True
        if before == "to" or (
            verb.form == "base" and self.tokens[start].low in {"may", "might", "could", "should", "can"}
        ):
            return True
        noun_like = verb.form in {"base", "third"} or (verb.form == "past" and before in {"a", "an", "the"})
        return noun_like and (
            before in DETERMINERS or before.endswith("'s") or before in {"of", "in", "no", "any", "for", "with"}
        )

    def _verb_follows(self, at: int) -> bool:
        """Whether a finite verb stands right behind, so that the form itself is a noun: reports have indicated."""
        if at + 1 >= self.end:
            return False
        low = self.tokens[at + 1].low
        return low in AUXILIARIES or low in {"remains", "comes", "came", "follows", "followed"} or low.endswith("ed")

    def _noun_follows(self, at: int, verb: Verb) -> bool:
        """Whether what follows is the complement of a noun and not of this verb: questions about, plans to."""
        follows = self.tokens[at + 1].low if at + 1 < self.end else ""
        if follows in {"of", "over", "from", "about"}:
            return follows not in self.words.particles.get(verb.lemma, ())
        return verb.lemma in {
            "state",
            "reason",
            "rule",
            "question",
            "challenge",
            "protest",
            "credit",
            "volunteer",
        } and (follows != "that" and self.tokens[at - 1].low not in PRONOUNS)

    def _is_passive(self, start: int, at: int, verb: Verb) -> bool:
        held = {token.low for token in self.tokens[start:at]}
        return verb.form in {"past", "participle"} and bool(held & {"is", "are", "was", "were", "be", "been", "being"})

    def _rumour(self, start: int, stop: int, verb: Verb) -> Found | None:
        """It is believed that …; he is said to …"""
        if "rumour" not in verb.groups or stop >= self.end:
            return None
        follows, before = self.tokens[stop].low, self.tokens[start - 1].low if start else ""
        groups = frozenset({"speculation"})
        if before == "it" and follows == "that":
            return Found([(stop + 1, self.end)], None, (start - 1, stop), verb.lemma, groups, confidence=0.65)
        if follows in {"to", "that"}:
            subject = self._subject(start)
            if subject is not None:
                return Found([subject, (stop, self.end)], None, (start, stop), verb.lemma, groups, confidence=0.55)
        return None

    def _subject(self, start: int) -> Range | None:
        """The noun phrase that ends before `start`, with an apposition between commas: the Minister, Ann Lee, said."""
        stop = start
        if stop and self.tokens[stop - 1].low in {",", ")"}:
            inner = self._apposition_start(stop - 1)
            head = inner - 1
            if head > 0 and self.tokens[head].low in {",", "("} and stop - 1 - inner >= 1:
                outer = self._chunk_start(head)
                if outer < head and self._may_be_source((outer, head)):
                    return self._trim((outer, stop - 1))
            return self._before_relative(stop - 1)
        while stop > 1 and (self.tokens[stop - 1].low in ADVERBS or self.tokens[stop - 1].low.endswith("ly")):
            stop -= 1
        if self.tokens[stop - 1].low in PRONOUNS - {"who"} and stop and self._outside(stop - 1):
            return stop - 1, stop
        first = self._chunk_start(stop)
        return self._trim((first, stop)) if first < stop and self._may_be_source((first, stop)) else None

    def _apposition_start(self, stop: int) -> int:
        """Where what stands between two commas before `stop` begins, a relative clause ("who studies …") included."""
        opening = next((i for i in range(stop - 1, max(stop - 22, 0), -1) if self.tokens[i].low in {",", "("}), None)
        if opening is not None and self.tokens[opening + 1].low in {"who", "which", "whose"} | DETERMINERS:
            return opening + 1
        return self._chunk_start(stop)

    def _before_relative(self, comma: int) -> Range | None:
        """The noun phrase before a relative clause between commas: An aide, who asked not to be named, said."""
        for place in range(comma - 2, max(comma - 16, 1), -1):
            if self.tokens[place].low == "who" and self.tokens[place - 1].low == ",":
                first = self._chunk_start(place - 1)
                return self._trim((first, place - 1)) if self._may_be_source((first, place - 1)) else None
        return None

    def _chunk_start(self, stop: int) -> int:
        """Where the words before `stop` begin that no comma, conjunction, quotation or verb cuts off."""
        start = stop
        while start > 0:
            token = self.tokens[start - 1]
            low = token.low
            if (token.quote >= 0 and not self._scare_quote(token.quote)) or low in COMMAS or low in STOPS:
                break
            if (low == "and" and self._joins_names(start - 1)) or (low in {"for", "with", "by"} and start > 1):
                start -= 1
                continue
            if low in BREAKS:
                break
            if start - 1 and low in AUXILIARIES:
                break
            start -= 1
        return start

    def _joins_names(self, at: int) -> bool:
        """Whether the "and" stands between two parts of one subject: Moscow and Pyongyang; police and prosecutors."""
        if at == 0 or at + 1 >= len(self.tokens):
            return False
        left, right = self.tokens[at - 1], self.tokens[at + 1]
        if (at >= 2 and self.tokens[at - 2].low == "both") or (at and self.tokens[0].low == "both"):
            return True
        return (
            left.text[0].isupper()
            and right.text[0].isupper()
            and (at < 2 or self.tokens[at - 2].low not in {"in", "at", "on"})
        )

    def _may_be_source(self, span: Range) -> bool:
        tokens = self.tokens[span[0] : span[1]]
        if not tokens or len(tokens) > 24:
            return False
        return any(token.text[0].isalpha() for token in tokens)

    def _trim(self, span: Range) -> Range | None:
        """Without what cannot begin a noun phrase: adverbs and times at its head (Additionally, on Monday the …)."""
        start, stop = span
        while start < stop and (
            self.tokens[start].low in ADVERBS | {"that", "whether", "additionally", "meanwhile", "however"}
            or (self.tokens[start].low.endswith("ly") and self.tokens[start].low not in {"family", "italy"})
        ):
            start += 1
        if (
            start < stop
            and self.tokens[start].low in {"in", "on", "at", "during", "last", "earlier"}
            and stop - start > 2
        ):
            heads = [
                i
                for i in range(start + 1, stop)
                if self.tokens[i].low in DETERMINERS or self.tokens[i].text[0].isupper()
            ]
            start = heads[-1] if heads else start
        return (start, stop) if start < stop else None

    def _antecedent(self, relative: int) -> Range | None:
        """The noun phrase that "which" or "who" stands for: the words before it, back to a verb or preposition."""
        stop = relative
        while stop and self.tokens[stop - 1].low in {","}:
            stop -= 1
        start = stop
        while start > 0:
            low = self.tokens[start - 1].low
            if low in COMMAS | BREAKS | AUXILIARIES or (low in {"to", "of", "in", "on", "at"} and start < stop):
                break
            start -= 1
            if low in DETERMINERS and start < stop:
                break
        return (start, stop) if start < stop and stop - start <= 14 else None

    def _owner(self, at: int) -> Range | None:
        """The possessor of a cue noun: the minister's claim; his claim."""
        place = at - 1
        if place >= 0 and self.tokens[place].low in {"his", "her", "their", "its"}:
            return (place, place + 1)
        if place >= 0 and self.tokens[place].low.endswith(("'s", "s'")):
            start = self._chunk_start(place + 1)
            return self._trim((max(start, place - 6), place + 1))
        return None

    def _inverted(self, start: int, stop: int, verb: Verb) -> Found | None:
        """…, said the minister; “…,” says Ann Lee."""
        if verb.form not in {"past", "third", "participle"} or "clause" not in verb.groups or start == 0:
            return None
        before = self.tokens[start - 1]
        if before.quote < 0 and before.low != ",":
            return None
        if stop >= len(self.tokens) or self.tokens[stop].low in {
            "that",
            "in",
            "on",
            "at",
            "to",
            "it",
            "he",
            "she",
            "they",
            "there",
        }:
            return None
        end = self._noun_phrase_end(stop)
        token = self.tokens[stop]
        if before.quote < 0 and self._any_finite(stop, end):
            return None
        if (
            end == stop
            or end - stop > 16
            or not (token.text[0].isupper() or token.low in DETERMINERS or before.quote >= 0)
        ):
            return None
        if before.quote < 0 and end < self.end and self.tokens[end].low not in COMMAS:
            return None
        content = [(self._content_head(start - 1), start if before.quote >= 0 else start - 1)]
        if end < self.end:
            rest = self._quoted(end, self.end)
            content += [rest] if rest else []
        return Found(content, (stop, end), (start, stop), verb.lemma, verb.groups, confidence=0.85)

    def _any_finite(self, start: int, stop: int) -> bool:
        """Whether a word that can only be a finite verb stands between the places."""
        return any(token.low in AUXILIARIES | PAST or token.low.endswith("n't") for token in self.tokens[start:stop])

    def _noun_phrase_end(self, start: int) -> int:
        """Where a source that begins at `start` ends: at a comma that no apposition follows, a quotation, a break."""
        place = start
        while place < self.end:
            token = self.tokens[place]
            if (token.quote >= 0 and not self._scare_quote(token.quote)) or token.low in {";", ":", "–", "—", "--"}:
                break
            if token.low == ",":
                follow = self._apposition_end(place)
                if follow is None:
                    break
                place = follow
                continue
            if (
                place > start
                and token.low
                in {
                    "that",
                    "but",
                    "although",
                    "while",
                    "because",
                    "after",
                    "before",
                    "when",
                    "as",
                    "on",
                    "during",
                }
                and (token.low not in {"on"} or self._is_time(place + 1))
            ):
                break
            if (
                (
                    place > start
                    and self.tokens[place].low == "and"
                    and place + 1 < self.end
                    and not self._joins_names(place)
                )
                and place + 1 < self.end
                and self.tokens[place + 1].low in PRONOUNS | {"that"}
            ):
                break
            place += 1
        return place

    def _is_time(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].low in TIME_OR_PLACE

    def _apposition_end(self, comma: int) -> int | None:
        """The end of ", the head of the union" if it closes the sentence or is closed by a comma itself."""
        if comma + 1 >= self.end or self.tokens[comma + 1].low not in DETERMINERS | {
            "who",
            "president",
            "director",
            "professor",
        }:
            return None
        place = comma + 1
        while place < self.end and self.tokens[place].low not in COMMAS and self.tokens[place].quote < 0:
            place += 1
        if place == self.end and self._finite(comma + 2, place) and self.tokens[comma + 1].low != "who":
            return None
        return place if place - comma <= 12 and (place == self.end or self.tokens[place].low == ",") else None

    # -- the content

    def _content(self, stop: int, verb: Verb, source: Range) -> tuple[list[Range], float]:
        """What is claimed: behind the cue, or before the source where the cue closes the sentence."""
        begin = self._skip_to_content(stop, verb)
        closing = begin >= self.end or self._closes(begin)
        head = source[0]
        if closing and head > 0:
            before = self.tokens[head - 1]
            if before.low == "," or before.quote >= 0:
                start = self._content_head(head - 1)
                content = [(start, head if before.quote >= 0 else head - 1)]
                rest = self._quoted(begin, self.end) if begin < self.end else None
                return content + ([rest] if rest else []), 0.85
            return [], 0
        if begin >= self.end:
            return [], 0
        if head > 0 and self._ends_quotation(head - 1) and not {"clause", "person"}.isdisjoint(verb.groups):
            rest = self._quoted(begin, self.end)
            return [(self._content_head(head - 1), head)] + ([rest] if rest else []), 0.85
        return self._behind(begin, verb)

    def _ends_quotation(self, at: int) -> bool:
        """Whether a quotation ends here as direct speech does, with its own sign before the mark."""
        if self.tokens[at].quote < 0:
            return False
        return not self._scare_quote(self.tokens[at].quote) or (at > 0 and self.tokens[at - 1].low in {",", "!", "?"})

    def _behind(self, begin: int, verb: Verb) -> tuple[list[Range], float]:
        token = self.tokens[begin]
        that = begin > 0 and self.tokens[begin - 1].low in {"that", ":", "whether"}
        if that or token.quote >= 0:
            return [(begin, self.end)], 0.9
        if "person" in verb.groups and verb.groups.isdisjoint({"clause", "object"}):
            return self._addressed(begin, verb)
        if "accuse" in verb.groups and "clause" not in verb.groups:
            return ([(begin, self.end)], 0.8) if self.tokens[begin - 1].low == "of" else ([], 0)
        if token.low == "to":
            return ([(begin, self.end)], 0.6) if "infinitive" in verb.groups else ([], 0)
        if "clause" in verb.groups and (verb.lemma in BARE or self._looks_like_clause(begin)):
            return [(begin, self.end)], 0.8
        if "object" in verb.groups or "infinitive" in verb.groups or "denial" in verb.groups:
            return [(begin, self.end)], 0.6
        return ([(begin, self.end)], 0.5) if "evidence" in verb.groups else ([], 0)

    def _addressed(self, begin: int, verb: Verb) -> tuple[list[Range], float]:
        """Told him the road was closed; told Radio Kent of the plan; urged the minister to resign."""
        if self.tokens[begin].low in {"to", "about", "of", "against"}:
            return [(begin, self.end)], 0.7
        if verb.lemma not in ADDRESSED:
            return ([(begin, self.end)], 0.7) if self._has("to", begin, begin + 12) else ([], 0)
        after = self._addressee_end(begin)
        if after + 1 < self.end and self.tokens[after].low not in TIME_OR_PLACE | COMMAS | BREAKS - {
            "what",
            "how",
            "if",
        }:
            return [(after, self.end)], 0.75
        return [], 0

    def _addressee_end(self, begin: int) -> int:
        place = begin
        if self.tokens[place].low in OBJECT_PRONOUNS:
            return place + 1
        if self.tokens[place].low in {"the", "a", "an", "his", "her", "their", "our"}:
            place += 1
        while (
            place < self.end and self.tokens[place].low not in PRONOUNS | DETERMINERS | TIME_OR_PLACE | COMMAS | BREAKS
        ):
            if place > begin and self.tokens[place].text[0].islower() != self.tokens[place - 1].text[0].islower():
                return place
            place += 1
        return place

    def _has(self, word: str, start: int, stop: int) -> bool:
        return any(token.low == word for token in self.tokens[start : min(stop, self.end)])

    def _skip_to_content(self, stop: int, verb: Verb) -> int:
        """Past whom it was said to, where and when, up to "that", a colon or a quotation, if one is near."""
        for place in range(stop, min(stop + 14, self.end)):
            token = self.tokens[place]
            if token.quote >= 0 and place > stop and self.tokens[place - 1].low in {",", ":"}:
                return place
            if token.low in {"that", ":"} and (place + 1 < len(self.tokens)):
                between = {self.tokens[i].low for i in range(stop, place)}
                if token.low == ":" or place == stop or between.isdisjoint(AUXILIARIES | {","}) or verb.lemma == "tell":
                    return place + 1
            if token.low in self.words.verbs and place > stop and self.words.verbs[token.low].form == "past":
                break
        if "accuse" in verb.groups:
            of = next((i for i in range(stop, min(stop + 12, self.end)) if self.tokens[i].low == "of"), None)
            if of is not None:
                return of + 1
        if "person" in verb.groups and "object" not in verb.groups:
            to = next(
                (
                    i
                    for i in range(stop, min(stop + 8, self.end))
                    if self.tokens[i].low in {"to", "about", "against", "of"}
                ),
                None,
            )
            return to if to is not None and verb.lemma not in ADDRESSED else stop
        return stop

    def _closes(self, begin: int) -> bool:
        """Whether only a time, a place or an occasion is left behind the cue: she said on Friday."""
        rest = self.tokens[begin : self.end]
        if any(token.quote >= 0 for token in rest):
            return rest[0].low in TIME_OR_PLACE | {",", "."}
        if rest[0].low in {",", ";"}:
            return True
        if len(rest) == 1 and rest[0].low == "this":
            return False
        return rest[0].low in TIME_OR_PLACE and len(rest) <= 12 and not any(token.low in AUXILIARIES for token in rest)

    def _content_head(self, stop: int) -> int:
        """Where content before a postposed source begins: at its quotation, else at the sentence's head."""
        if self.tokens[stop].quote >= 0:
            quote = self.tokens[stop].quote
            start = stop
            while start > 0 and self.tokens[start - 1].quote == quote:
                start -= 1
            return 0 if start <= 4 or self._starts_clause(start) else start
        start = 0
        while start < stop and self.tokens[start].low in {"and", "but", "meanwhile", "additionally", "however", ","}:
            start += 1
        return start

    def _starts_clause(self, at: int) -> bool:
        """Whether the words before a quotation belong to what is claimed: The plan is “a disaster”, she said."""
        return not any(token.low in {":"} or self.words.verbs.get(token.low) for token in self.tokens[:at])

    def _quoted(self, start: int, stop: int) -> Range | None:
        inside = [i for i in range(start, stop) if self.tokens[i].quote >= 0]
        return (inside[0], inside[-1] + 1) if inside else None

    def _looks_like_clause(self, start: int) -> bool:
        """Whether a finite verb follows soon, as in a clause and not in an object."""
        ahead = self.tokens[start : min(start + 16, self.end)]
        if not ahead:
            return False
        if ahead[0].low in PRONOUNS | {"there", "this", "these", "it"} or ahead[0].low.endswith(CONTRACTED):
            return True
        return self._finite(start + 1, min(start + 16, self.end))

    def _finite(self, start: int, stop: int) -> bool:
        """Whether a word between the places looks like a finite verb."""
        return any(
            token.low in AUXILIARIES - {"not", "being"} | PAST
            or token.low.endswith(("ed", *CONTRACTED))
            or self.words.verbs.get(token.low) is not None
            for token in self.tokens[start:stop]
        )

    # -- the zones

    def _part(self, found: list[Found]) -> None:
        """Let each content end where the next attribution's own words begin."""
        for one in found:
            ends = [self._zone_start(other) for other in found if other is not one and other.cue[0] > one.cue[0]]
            for k, (start, stop) in enumerate(one.content):
                inside = [end for end in ends if end is not None and start < end < stop and start >= one.cue[1]]
                if inside:
                    one.content[k] = (start, self._strip(start, min(inside)))
        for one in found:
            one.content = [self._before_aside(part) if part[0] >= one.cue[1] else part for part in one.content]
            one.content = [self._without_ends(part) for part in one.content]
            one.content = [part for part in one.content if part[0] < part[1]]

    def _zone_start(self, one: Found) -> int | None:
        """Where the clause of an attribution begins, if it is a clause of its own and not inside another content."""
        first = min(one.cue[0], one.source[0] if one.source is not None and not one.inherits else one.cue[0])
        if (
            one.source is not None
            and one.source[1] <= one.cue[0]
            and self.tokens[one.cue[0] - 1].low in {"which", "who"}
        ):
            first = one.cue[0] - 1
        if one.content and one.content[0][0] < first:
            return None
        place = first
        while (
            place > 0
            and self.tokens[place - 1].low in SUBORDINATE | {"for", "a", "move"}
            and self.tokens[place - 1].low != "that"
        ):
            place -= 1
        before = self.tokens[place - 1].low if place else ""
        if before in COMMAS or (place < first and self.tokens[place].low in SUBORDINATE):
            return place
        return None

    def _before_aside(self, part: Range) -> Range:
        """Without what the author adds behind a comma: …, but a jury convicted him; …, where votes are counted."""
        for place in range(part[0] + 1, part[1] - 2):
            if self.tokens[place].low == "," and self.tokens[place].quote < 0 and self.tokens[place + 1].low in ASIDES:
                return part[0], place
        return part

    def _strip(self, start: int, stop: int) -> int:
        while stop > start and (
            self.tokens[stop - 1].low in COMMAS or self.tokens[stop - 1].low in {"and", "but", "with"}
        ):
            stop -= 1
        return stop

    def _without_ends(self, part: Range) -> Range:
        start, stop = part
        edge = COMMAS | STOPS | {"and", "but"}
        while start < stop and (self.tokens[start].low in edge or self.tokens[start].low == "that"):
            start += 1
        while stop > start and self.tokens[stop - 1].low in edge - {")"} and self.tokens[stop - 1].quote < 0:
            stop -= 1
        return start, stop

    def _clause_start(self, at: int) -> int:
        place = at
        while place > 0 and self.tokens[place - 1].low not in {";", "–", "—", ":"}:
            place -= 1
        return place

    def _clause_stop(self, at: int) -> int:
        place = at
        while place < self.end and self.tokens[place].low not in {";", "–", "—"}:
            place += 1
        return place

    # -- what is no claim

    def _clashes(self, one: Found, found: Sequence[Found]) -> bool:
        """Whether the cue lies in another's source, or says the same as one that is there."""
        for other in found:
            if other.source is not None and other.source[0] <= one.cue[0] < other.source[1]:
                return True
            if other.content == one.content:
                return True
        return False

    def _is_claim(self, one: Found) -> bool:
        if not one.content:
            return False
        words = [token for start, stop in one.content for token in self.tokens[start:stop] if token.text[0].isalnum()]
        if not words:
            return False
        said = " ".join(token.low for token in words)
        if one.lemma in {"respond", "reply", "decline", "comment", "refuse"} and any(
            said.startswith(p) for p in self.words.silence
        ):
            return False
        if (
            said.startswith(("to be named", "to be identified"))
            or "to comment" in said[:24]
            or "to requests for comment" in said
        ):
            return False
        short = len(words) < 2 and one.lemma not in {"deny", "reject", "dismiss", "express"}
        return not short

    def _outside(self, at: int) -> bool:
        return self.tokens[at].quote < 0 or self._scare_quote(self.tokens[at].quote)

    def _scare_quote(self, quote: int) -> bool:
        mark = self.quotes[quote]
        inside = sum(1 for token in self.tokens if token.quote == quote)
        return not mark.is_open and inside <= 5

    def _sentence_head(self, at: int) -> bool:
        return at == 0 or self.tokens[at - 1].quote >= 0
