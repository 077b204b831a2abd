"""Who published an article: the name beside its copyright or in the brackets of its byline."""

from budgets.reader.cues import Cues
from budgets.reader.places import Article
from budgets.reader.proposals import NOT_SAID, Read


def publisher(article: Article, cues: Cues) -> Read:
    """The first name that a rule gives (its first group), the rules in their order; unknown where there is none."""
    for cue in cues.of_field("publisher"):
        for number, line in enumerate(article.lines, 1):
            if hit := cue.pattern.search(line):
                return Read(hit[1].strip(), (article.span(number, *hit.span(1)),))
    return NOT_SAID
