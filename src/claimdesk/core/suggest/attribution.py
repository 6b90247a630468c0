"""Who says what: finds the attributions of one sentence from its cues, by the place of the words around them.

A sentence is cut into zones, one to a cue: the words of the source before the cue (or after it, inverted), and the words of
the content behind it (or before it, postposed). What no zone takes is left for the author's own voice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from claimdesk.core.suggest.lexicon import Lexicon, Verb
from claimdesk.core.suggest.phrases import (
    ADDRESSED,
    ADVERBS,
    ASIDES,
    AUXILIARIES,
    BARE,
    BREAKS,
    COMMAS,
    DETERMINERS,
    PAST,
    PRONOUNS,
    STOPS,
    SUBORDINATE,
    TIME_OR_PLACE,
    Phrases,
    Range,
)
from claimdesk.core.suggest.segments import Quote, Sentence

SILENT = frozenset("say comment respond reply answer disclose specify elaborate confirm".split())
"""Verbs that tell of silence where they are denied: would not say how much, could not confirm it."""
PREPOSITIONS = frozenset("of in at from on for with to about near".split())
PLURAL = ("s", "people", "men", "police", "media", "data", "most", "many", "some", "all", "both", "few", "children")
SEEMING = frozenset("appear appears appeared seem seems seemed".split())


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


class _Reader(Phrases):
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
        found = [one for one in found if self._is_claim(one)]
        return [one for one in found if not any(self._holds(other, one) for other in found)]

    def _holds(self, other: Found, one: Found) -> bool:
        """Whether `one` is only told inside what another claims: she said that she feared …"""
        inside = any(start <= one.cue[0] < stop for start, stop in other.content)
        return inside and other.lemma != "accord" and other.cue[0] < one.cue[0]

    # -- what a cue can be

    def _phrase(self, at: int) -> Found | None:
        """According to X, …; …, according to X."""
        for phrase in self.words.source_phrases:
            stop = at + len(phrase)
            if (
                self.tokens[at].low == phrase[0]
                and self._outside(at)
                and tuple(token.low for token in self.tokens[at:stop]) == phrase
            ):
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
        if source is not None and start == at and (self._is_reduced(stop, verb) or self._disagrees(source, verb)):
            return None
        if source is not None and self._names_a_charge(source, verb):
            charge = (source[0], source[0] + 2)
            return Found([charge], (charge[1], source[1]), (start, stop), verb.lemma, verb.groups)
        shared = self._shared_subject(start, verb, before) if source is None and not relative else None
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

    def _disagrees(self, source: Range, verb: Verb) -> bool:
        """Whether the words before a bare form are no plural, so that it is no verb: the Budget Office report; a new estimate."""
        if verb.form != "base":
            return False
        places = range(source[0] + 1, source[1])
        stop = next((i for i in places if self.tokens[i].low in BREAKS | PREPOSITIONS), source[1])
        last = self.tokens[stop - 1].low
        together = any(self.tokens[i].low == "and" for i in places)
        return (not together and not last.endswith(PLURAL) and last not in PRONOUNS) or last.endswith(("ss", "'s"))

    def _is_reduced(self, stop: int, verb: Verb) -> bool:
        """Whether a participle only describes its noun: bones found in a desert; a study published last year found …"""
        follows = self.tokens[stop].low if stop < self.end else ""
        if (
            verb.form not in {"past", "participle"}
            or verb.lemma in BARE
            or follows not in TIME_OR_PLACE | {"by", "near"}
        ):
            return False
        comma = next((i for i in range(stop, self.end) if self.tokens[i].low in COMMAS | {"that"}), self.end)
        if "evidence" in verb.groups and not (comma < min(stop + 6, self.end) and self.tokens[comma].low == "that"):
            return True
        return follows == "by" or any(
            self.tokens[i].low in AUXILIARIES | PAST or self._is_past(i) for i in range(stop + 1, comma)
        )

    def _first_subject(self, stop: int) -> Range | None:
        """Who begins the sentence and does something else first: The leader apologised but rejected the claim."""
        for place in range(1, min(stop, 12)):
            low = self.tokens[place].low
            if low in BREAKS | {",", ";", ":"} or self.tokens[place].quote >= 0:
                return None
            if low in PAST | AUXILIARIES or (low.endswith("ed") and self.tokens[place].text[0].islower()):
                return self._trim((0, place)) if self._may_be_source((0, place)) else None
        return None

    def _is_past(self, at: int) -> bool:
        verb = self.words.verbs.get(self.tokens[at].low)
        return verb is not None and verb.form in {"past", "third"} and self.tokens[at - 1].low not in DETERMINERS

    def _names_a_charge(self, source: Range, verb: Verb) -> bool:
        """Whether the words before the cue are both: a charge | the club | denied."""
        first, second = (self.tokens[source[0]].low, self.tokens[min(source[0] + 1, self.end - 1)].low)
        nouns = self.words.that_nouns | self.words.of_nouns
        return "denial" in verb.groups and first in {"a", "an"} and second in nouns and source[1] - source[0] > 2

    def _shared_subject(self, start: int, verb: Verb, before: Sequence[Found]) -> Range | None:
        """The source of the verb before, in "she said … and added …"."""
        place = start - 1
        if place < 1 or self.tokens[place].low not in {"and", "but"} or verb.form not in {"past", "third"}:
            return None
        if not before:
            return self._first_subject(place)
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

    # -- where a cue begins and ends

    def _cue_start(self, at: int) -> int:
        start = at
        place = at - 1
        while place >= 0 and self._outside(place):
            low = self.tokens[place].low
            if low in AUXILIARIES:
                start = place
            elif low == "to" and place and self.tokens[place - 1].low in SEEMING:
                place -= 1
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
        if verb.form == "third" and before[:1].isdigit():
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
        verb = self.words.verbs.get(low)
        shows = verb is not None and verb.form == "base" and "evidence" in verb.groups
        return (
            shows
            or low in AUXILIARIES
            or low in {"remains", "comes", "came", "follows", "followed"}
            or low.endswith("ed")
        )

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

    def _inverted(self, start: int, stop: int, verb: Verb) -> Found | None:
        """…, said the minister; “…,” says Ann Lee."""
        if verb.form not in {"past", "third", "participle"} or "clause" not in verb.groups or start == 0:
            return None
        before = self.tokens[start - 1]
        if before.quote < 0 and before.low != ",":
            return None
        if stop >= self.end or self.tokens[stop].low in TIME_OR_PLACE | {"that", "it", "he", "she", "they", "there"}:
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

    # -- the content

    def _content(self, stop: int, verb: Verb, source: Range) -> tuple[list[Range], float]:
        """What is claimed: behind the cue, or before the source where the cue closes the sentence."""
        begin = self._skip_to_content(stop, verb)
        if "person" in verb.groups and begin == stop < self.end and self.tokens[begin].quote < 0:
            after = self._addressee_end(begin)
            begin = after if after >= self.end or self._closes(after) else begin
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

    def _behind(self, begin: int, verb: Verb) -> tuple[list[Range], float]:
        token = self.tokens[begin]
        that = begin > 0 and self.tokens[begin - 1].low in {"that", ":", "whether"}
        if that or token.quote >= 0:
            return [(begin, self.end)], 0.9
        if begin and self.tokens[begin - 1].low in self.words.particles.get(verb.lemma, ()):
            return [(begin, self.end)], 0.6
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

    def _skip_to_content(self, stop: int, verb: Verb) -> int:
        """Past whom it was said to, where and when, up to "that", a colon or a quotation, if one is near."""
        for place in range(stop, min(stop + 14, self.end)):
            token = self.tokens[place]
            if token.quote >= 0 and place > stop and self.tokens[place - 1].low in {",", ":"}:
                return place
            if self._points_back(place):
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
            return to if to is not None and self.tokens[to].low != "to" and verb.lemma not in ADDRESSED else stop
        return stop

    def _points_back(self, at: int) -> bool:
        """Whether "that" is no conjunction here: rejected that claim."""
        if self.tokens[at].low != "that" or at + 1 >= self.end:
            return False
        ends = at + 2 >= self.end or self.tokens[at + 2].low in COMMAS | BREAKS
        return ends and self.tokens[at + 1].low in self.words.that_nouns | self.words.of_nouns

    def _closes(self, begin: int) -> bool:
        """Whether only a time, a place or an occasion is left behind the cue: she said on Friday."""
        comma = next((i for i in range(begin + 1, self.end) if self.tokens[i].low == ","), self.end)
        rest = self.tokens[begin : self.end]
        if any(token.quote >= 0 for token in rest):
            return rest[0].low in TIME_OR_PLACE | {",", "."}
        if rest[0].low in {",", ";"}:
            return True
        if len(rest) == 1 and rest[0].low == "this":
            return False
        near = self.tokens[begin:comma]
        return rest[0].low in TIME_OR_PLACE and len(near) <= 12 and not any(token.low in AUXILIARIES for token in near)

    # -- the zones

    def _part(self, found: list[Found]) -> None:
        """Let each content end where the next attribution's own words begin."""
        for one in found:
            ends = [self._zone_start(other) for other in found if other is not one and other.cue[0] > one.cue[0]]
            for k, (start, stop) in enumerate(one.content):
                ends += [other.cue[0] for other in found if other.lemma == "accord" and other.cue[0] > one.cue[0]]
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
            if one.content[0][1] != first:
                return None
            first = one.content[0][0]
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

    def _without_ends(self, part: Range) -> Range:
        start, stop = part
        edge = COMMAS | STOPS | {"and", "but"}
        while start < stop and (
            self.tokens[start].low in edge or (self.tokens[start].low == "that" and not self._points_back(start))
        ):
            start += 1
        while stop > start and self.tokens[stop - 1].low in edge - {")"} and self.tokens[stop - 1].quote < 0:
            stop -= 1
        return start, stop

    # -- what is no claim

    def _clashes(self, one: Found, found: Sequence[Found]) -> bool:
        """Whether the cue lies in another's source, or says the same as one that is there."""
        for other in found:
            if other.source is not None and other.source[0] <= one.cue[0] < other.source[1]:
                return True
            if other.content == one.content:
                return True
            within = one.source is not None and not one.inherits and one.source[0] <= other.cue[0] < one.source[1]
            if within and self.tokens[other.cue[0] - 1].low not in {"who", "which"}:
                return True
        return False

    def _is_claim(self, one: Found) -> bool:
        if not one.content:
            return False
        words = [token for start, stop in one.content for token in self.tokens[start:stop] if token.text[0].isalnum()]
        if not words:
            return False
        said = " ".join(token.low for token in words)
        cue = {token.low for token in self.tokens[one.cue[0] : one.cue[1]]}
        if one.lemma in SILENT and (cue & {"not", "never"} or any(low.endswith(("n't", "n’t")) for low in cue)):
            return False
        if one.lemma in {"respond", "reply", "decline", "comment", "refuse"} and any(
            said.startswith(p) for p in self.words.silence
        ):
            return False
        if (
            said.startswith(("to be named", "to be identified", "not to be named", "not to be identified"))
            or "to comment" in said[:24]
            or "to requests for comment" in said
        ):
            return False
        short = len(words) < 2 and one.lemma not in {"deny", "reject", "dismiss", "express"}
        return not short
