"""The desk as a whole: what it holds, and whether it is sound."""

from claimdesk.cli.opening import existing, key_of, opened_desk
from claimdesk.cli.options import AsJson, DeskOption
from claimdesk.cli.telling import write_json
from claimdesk.core.errors import DeskError


def info(desk: DeskOption = None, as_json: AsJson = False) -> None:
    """Say where the desk is, whether it is encrypted and by what it is unlocked, how much it holds, and how its history ends.

    Whoever notes the head of the history can tell later, by `claimdesk history --head`, if something of it was cut off.
    """
    from claimdesk.core.desk import Entrance

    path = existing(desk)
    kinds = sorted(Entrance(path, "").kinds)
    with opened_desk(desk, make=False) as opened:
        summaries, head = opened.articles(), opened.head_to_note()
    told = {
        "path": str(path), "encrypted": bool(kinds), "unlocked_by": kinds,
        "bytes": path.stat().st_size, "articles": len(summaries),
        "claims": sum(sum(summary.counts.values()) for summary in summaries), "history": str(head),
    }  # fmt: skip
    if as_json:
        write_json(told)
        return
    print(path, f"Encrypted, unlocked by {', '.join(kinds)}" if kinds else "Not encrypted", sep="\n")
    print(f"{told['articles']} articles, {told['claims']} claims, {told['bytes']:,} bytes")
    print(f"Head of the history: {head}")


def check(desk: DeskOption = None, as_json: AsJson = False) -> None:
    """Read all of the desk and say what is wrong with it; exit code 1 if anything is."""
    from claimdesk.core.desk import Backups
    from claimdesk.core.desk.check import check as look

    path = existing(desk)
    key = key_of(path)
    found = look(path, key)
    sound = all(finding.ok for finding in found)
    if as_json:
        write_json([{"name": one.name, "ok": one.ok, "wrong": one.wrong, "note": one.note} for one in found])
    for one in found if not as_json else []:
        print(f"{one.name + ':':<17} {one.wrong or 'ok'}{f', {one.note}' if one.note else ''}")
    if not sound:
        raise DeskError(f"The desk is not as it should be; nothing was changed. {Backups(path, key).advice()}")
