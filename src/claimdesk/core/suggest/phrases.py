"""What stands around a cue in a sentence: noun phrases with their appositions, clauses, quotations, by word lists and places."""

from collections import Counter
from collections.abc import Sequence

from claimdesk.core.suggest.lexicon import Lexicon
from claimdesk.core.suggest.segments import Quote, Token

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
OCCASIONS = frozenset("a an his her their its".split())
"""What follows "in" where it tells of an occasion: in a note to clients, in her speech."""
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


class Phrases:
    """A sentence's words without its full stop, and what phrases they form; places are token places."""

    def __init__(self, tokens: Sequence[Token], quotes: Sequence[Quote], words: Lexicon) -> None:
        self.tokens = tokens
        self.quotes = quotes
        self.words = words
        self.end = len(tokens)
        while self.end and tokens[self.end - 1].low in STOPS and tokens[self.end - 1].quote < 0:
            self.end -= 1
        self._inside = Counter(token.quote for token in tokens)

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
            if place > start and token.low == "in" and self.tokens[place + 1].low in OCCASIONS:
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
        if comma + 2 < self.end and self.tokens[comma + 1].low.isdigit() and self.tokens[comma + 2].low == ",":
            return comma + 2
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
        relative = next((i for i in range(comma + 1, place) if self.tokens[i].low in {"who", "which", "whose"}), place)
        if place == self.end and self._finite(comma + 2, relative):
            return None
        return place if place - comma <= 20 and (place == self.end or self.tokens[place].low == ",") else None

    def _ends_quotation(self, at: int) -> bool:
        """Whether a quotation ends here as direct speech does, with its own sign before the mark."""
        if self.tokens[at].quote < 0:
            return False
        return not self._scare_quote(self.tokens[at].quote) or (at > 0 and self.tokens[at - 1].low in {",", "!", "?"})

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

    def _outside(self, at: int) -> bool:
        return self.tokens[at].quote < 0 or self._scare_quote(self.tokens[at].quote)

    def _scare_quote(self, quote: int) -> bool:
        mark = self.quotes[quote]
        return not mark.is_open and self._inside[quote] <= 5

    def _sentence_head(self, at: int) -> bool:
        return at == 0 or self.tokens[at - 1].quote >= 0

    def _before_relative(self, comma: int) -> Range | None:
        """The noun phrase before a relative clause between commas: An aide, who asked not to be named, said."""
        for place in range(comma - 2, max(comma - 16, 1), -1):
            if self.tokens[place].low == "who" and self.tokens[place - 1].low == ",":
                first = self._chunk_start(place - 1)
                return self._trim((first, place - 1)) if self._may_be_source((first, place - 1)) else None
        return None

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

    def _strip(self, start: int, stop: int) -> int:
        while stop > start and (
            self.tokens[stop - 1].low in COMMAS or self.tokens[stop - 1].low in {"and", "but", "with"}
        ):
            stop -= 1
        return stop
