"""The register of sources, as a list."""

from claimdesk.cli.opening import opened_desk
from claimdesk.cli.options import AsJson, DeskOption, WithNames
from claimdesk.cli.telling import mask_of, write_json


def sources(desk: DeskOption = None, as_json: AsJson = False, names: WithNames = False) -> None:
    """List the sources of the desk with their claims, confidential ones by their pseudonym."""
    with opened_desk(desk, make=False) as opened:
        entries = opened.sources()
        mask = mask_of(opened, names=names)
    rows = []
    for entry in entries:
        source, hidden = entry.source, mask.hides(entry.source.name)
        about = {"role": source.role, "affiliation": source.affiliation}
        rows.append({"id": source.id, "name": mask.name(source.name), "kind": source.kind.value,
                     **{key: "" if hidden else mask.words(words) for key, words in about.items()},
                     "aliases": [] if hidden else [mask.name(alias) for alias in source.aliases],
                     "confidential": source.confidential, "claims": entry.claims, "articles": entry.articles})  # fmt: skip
    rows.sort(key=lambda row: str(row["name"]).casefold())
    if as_json:
        write_json(rows)
    elif not rows:
        print("No sources on this desk yet. They come with the claims of an article: claimdesk import FILE")
    for row in rows if not as_json else []:
        about_it = ", ".join(str(row[key]) for key in ("role", "affiliation") if row[key])
        counted = ", ".join(f"{what}: {row[what]}" for what in ("claims", "articles"))
        kept = ", confidential" if row["confidential"] else ""
        print(f"{row['id']:>4}  {row['name']}{f', {about_it}' if about_it else ''}  ({row['kind']}{kept}; {counted})")
