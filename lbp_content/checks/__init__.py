"""Content and a leaflet in one locale -> Findings, before anything is rendered.

Each check is a function in a list: it takes a Reading and yields findings. STRUCTURE looks at the source, whatever the
language; WORDS looks at the texts of the locale, in YAML or in its catalog.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lbp_content import readability
from lbp_content.checks import claims, data, evidence, figures, length, markup, spelling, wording
from lbp_content.checks.reading import Reading, gather
from lbp_content.finding import Finding
from lbp_content.load import Content
from lbp_content.model import Leaflet

Check = Callable[[Reading], Iterator[Finding]]

STRUCTURE: tuple[Check, ...] = (
    data.check_wordings,
    data.check_spans,
    data.check_figures,
    claims.check_named,
    claims.check_stated,
    claims.check_roles,
    claims.check_places,
    claims.check_ours,
    claims.check_pairs,
    claims.check_harm_lists,
    claims.check_harms,
    evidence.check_rows,
    evidence.check_complete,
    evidence.check_labels,
    length.check_pictures,
)
WORDS: tuple[Check, ...] = (
    data.check_phrases,
    markup.check,
    wording.check_certainty,
    wording.check_hedges,
    wording.check_spans,
    wording.check_populations,
    wording.check_other_populations,
    evidence.check_words,
    figures.check_unknown,
    figures.check_lost,
    length.check_sentences,
    length.check_leaflet,
    length.check_briefs,
    length.check_alts,
    spelling.check_spelling,
    spelling.check_address,
)


def check(content: Content, leaflet: Leaflet, locale: str) -> Iterator[Finding]:
    """Everything to mend in `leaflet`, which is `content`'s in the words of `locale`, placeholders still in it."""
    words = gather(content, leaflet, locale)
    source_locale = content.leaflet.source_locale
    source = words if leaflet is content.leaflet else gather(content, content.leaflet, source_locale)
    for rule in STRUCTURE:
        yield from rule(source)
    for rule in WORDS:
        yield from rule(words)
    yield from readability.check(content, leaflet, locale)
