"""Where articles come from: a file or pasted text in, an `Article` out, or one sentence why not."""

from claimdesk.core.articles.files import from_file
from claimdesk.core.articles.intake import LARGEST, from_text

__all__ = ["LARGEST", "from_file", "from_text"]
