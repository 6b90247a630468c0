"""Sentences are found in a line of any length."""

from claimdesk.core.suggest.segments import LONGEST_STRETCH, sentences


def test_the_sentences_of_a_very_long_line_are_those_that_a_short_one_has() -> None:
    sentence = "“The gates leak,” said Ann Lee on Monday. "
    many = 3 * LONGEST_STRETCH // len(sentence)
    found, _ = sentences((sentence * many).strip(), ())
    assert [one.start for one in found] == [number * len(sentence) for number in range(many)]
