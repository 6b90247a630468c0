"""Fit the tagger's confidence on articles that it was not trained on.

For each attribution that the exported model finds in dev.jsonl.gz: is it one that a journalist would keep with a
small edit (content Jaccard at least 0.5, source overlaps)? A logistic regression over the signals (Platt scaling) answers;
it goes to the model's calibration.json. Prints a reliability table and the expected calibration error over ten bins, both by
cross-validation over articles.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from claimdesk.core.claim import Span
from claimdesk.core.page import paragraphs
from claimdesk.core.suggest.tagger import CALIBRATION, Tagger
from claimdesk.core.suggest.windows import windows
from corpus import read


def places(spans: Sequence[Span] | Sequence[Sequence[int]]) -> set[int]:
    """The code points in some spans."""
    pairs = [(span.start, span.end) if isinstance(span, Span) else (span[0], span[1]) for span in spans]
    return {at for start, end in pairs for at in range(start, end)}


def keeps(gold: Sequence[dict[str, Any]], content: set[int], source: set[int]) -> bool:
    """Whether some gold attribution is near enough."""
    for one in gold:
        wanted, by = places(one["content"]), places(one["source"])
        alike = len(wanted & content) / len(wanted | content) if wanted | content else 0
        if alike >= 0.5 and (bool(by & source) or (not by and not source)):
            return True
    return False


def calibrate(model: Path, corpus: Path) -> None:
    """Fit, print the reliability, write the weights into the folder of the model."""
    if not (model / CALIBRATION).exists():
        (model / CALIBRATION).write_text("{}", encoding="utf-8")
    tagger = Tagger(model)
    rows, right, article_of = [], [], []
    for number, article in enumerate(read(corpus / "dev.jsonl.gz")):
        text = article["text"]
        for window in windows(text, paragraphs(text), tagger.tokenizer):
            for content, source, _, told in tagger.scored(text, window):
                rows.append(told)
                right.append(keeps(article["attributions"], places(content), places(source)))
                article_of.append(number)
    names = list(rows[0])
    table, answers = np.array([[row[name] for name in names] for row in rows]), np.array(right)
    regression = LogisticRegression(C=1.0, max_iter=1000)
    sure = cross_val_predict(regression, table, answers, groups=article_of, cv=GroupKFold(10), method="predict_proba")[
        :, 1
    ]
    print("confidence  found  kept")
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = (sure >= low) & (sure < low + 0.1)
        if inside.any():
            print(f"{sure[inside].mean():10.2f} {inside.sum():6d} {answers[inside].mean():5.2f}")
            error += inside.mean() * abs(sure[inside].mean() - answers[inside].mean())
    print(f"expected calibration error {error:.3f}")
    regression.fit(table, answers)
    weights = {
        "bias": float(regression.intercept_[0]),
        **dict(zip(names, map(float, regression.coef_[0]), strict=True)),
    }
    rounded = {name: round(weight, 4) for name, weight in weights.items()}
    (model / CALIBRATION).write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")
