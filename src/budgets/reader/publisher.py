"""Who published an article: the name beside its copyright or in the brackets of its byline."""

from budgets.reader.cues import Cues
from budgets.reader.places import Article
from budgets.reader.proposals import NOT_SAID, Read


def publisher(article: Article, cues: Cues) -> Read:
    """The name that the first rule gives (its first group) that gives any; unknown where there is none, or more than one."""
    for cue in cues.of_field("publisher"):
        hits = [(number, hit) for number, line in enumerate(article.lines, 1) if (hit := cue.pattern.search(line))]
        names = {hit[1].strip() for _, hit in hits}
        if len(names) == 1:
            number, hit = hits[0]
            return Read(names.pop(), (article.span(number, *hit.span(1)),))
        if names:
            break
    return NOT_SAID
