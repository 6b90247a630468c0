"""Where articles come from: files, folders, archives or pasted text in, an `Article` out, or one sentence why not."""

from claimdesk.core.articles.candidates import Candidate
from claimdesk.core.articles.drafts import Draft, from_bytes, from_fetched, from_pasted, from_path
from claimdesk.core.articles.files import read
from claimdesk.core.articles.gathering import Found, gather
from claimdesk.core.articles.intake import LARGEST, from_reading, from_text
from claimdesk.core.articles.kinds import Kind
from claimdesk.core.articles.reading import Attachment, Reading

__all__ = [
    "LARGEST",
    "Attachment",
    "Candidate",
    "Draft",
    "Found",
    "Kind",
    "Reading",
    "from_bytes",
    "from_fetched",
    "from_pasted",
    "from_path",
    "from_reading",
    "from_text",
    "gather",
    "read",
]
