"""The laws by which backups stay, whatever the clock does."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from claimdesk.core.desk.rotation import RECENT, kept

START = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
YEARS = timedelta(days=3650)
GAPS = st.lists(
    st.one_of(st.integers(30, 2 * 24 * 60), st.integers(1, 40 * 24 * 60)).map(
        lambda minutes: timedelta(minutes=minutes)
    ),
    max_size=150,
)
JUMPS = st.lists(st.sampled_from([timedelta(), timedelta(), timedelta(), YEARS, -YEARS]), min_size=1, max_size=12)
"""How far the clock is off for a while, one spell after the other."""


def made(gaps: list[timedelta]) -> list[datetime]:
    """The true times of backups with these gaps between them, the newest first."""
    times = [START]
    for gap in gaps:
        times.append(times[-1] + gap)
    return times[::-1]


def told(times: list[datetime], jumps: list[timedelta]) -> list[datetime]:
    """What a clock says at these times that is off by one jump after the other."""
    return [time + jumps[place * len(jumps) // len(times)] for place, time in enumerate(times)]


@given(GAPS, JUMPS)
def test_whatever_the_clock_does_what_is_truly_two_days_old_at_most_stays(
    gaps: list[timedelta], jumps: list[timedelta]
) -> None:
    times = made(gaps)
    keep = kept(told(times, jumps))
    assert 0 in keep
    assert {place for place, time in enumerate(times) if times[0] - time <= RECENT} <= keep


@given(GAPS, JUMPS)
def test_whatever_the_clock_does_what_goes_has_a_newer_one_of_its_day_week_or_month(
    gaps: list[timedelta], jumps: list[timedelta]
) -> None:
    times = made(gaps)
    keep = kept(told(times, jumps))
    for place in set(range(len(times))) - keep:
        newer = [one for one in sorted(keep) if one < place]
        nearest = times[newer[-1]] - times[place]
        older = sum(times[0] - times[one] > RECENT for one in newer)
        assert (
            nearest <= timedelta(days=1)
            or (older >= 12 and nearest <= timedelta(days=7))
            or (older >= 22 and nearest <= timedelta(days=31))
            or older >= 31
        )


@given(GAPS)
def test_no_more_stay_than_there_are_places(gaps: list[timedelta]) -> None:
    times = made(gaps)
    recent = sum(times[0] - time <= RECENT for time in times)
    assert len(kept(times)) <= recent + 12 + 10 + 9


@given(GAPS)
def test_to_rotate_once_more_changes_nothing(gaps: list[timedelta]) -> None:
    times = made(gaps)
    left = [times[place] for place in sorted(kept(times))]
    assert kept(left) == set(range(len(left)))


@given(st.lists(st.datetimes(timezones=st.just(UTC)), max_size=60))
def test_any_clock_at_all_leaves_the_newest_and_never_asks_for_one_that_is_not_there(times: list[datetime]) -> None:
    keep = kept(times)
    assert keep <= set(range(len(times)))
    assert not times or 0 in keep


@given(st.integers(1, 40), st.sampled_from([YEARS, -YEARS]))
def test_a_clock_that_jumps_ten_years_deletes_nothing_by_it(count: int, jump: timedelta) -> None:
    before = made([timedelta(hours=13)] * count)
    stay = [before[place] for place in sorted(kept(before))]
    after = [stay[0] + jump + timedelta(minutes=1), *stay]
    assert kept(after) == set(range(len(after)))


def test_a_year_of_daily_work_leaves_two_days_twelve_days_ten_weeks_and_nine_months() -> None:
    times: list[datetime] = []
    for half_day in range(2 * 365):
        times.insert(0, START + timedelta(hours=12 * half_day))
        times = [times[place] for place in sorted(kept(times))]
    ages = [(times[0] - time).days for time in times]
    days, weeks = list(range(3, 15)), list(range(21, 92, 7))
    assert ages[:5] == [0, 0, 1, 1, 2]
    assert ages[5:17] == [2, *days[:-1]]
    assert ages[17:27] == [14, *weeks][:10]
    assert len(ages) == 5 + 12 + 10 + 9
    assert ages[-1] > 300
