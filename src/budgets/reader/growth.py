"""From … to: what a figure grew from and what it comes to, by the words around both (본예산 412억 원에서 599억 원으로)."""

import re

_BETWEEN = re.compile(r"(?:\s?수준)?에서\s?")
_FROM = re.compile(r"(?:\s?수준)?에서\s(?=[0-9])")
_WAS = re.compile(r"(?:이던|였던|이었던|인)\s")
_TO = re.compile(r"(?:\s?(?:규모|수준|안팎|가량|정도))?(?:까지|으?로)")
_LEFT = re.compile(r"에서\s[^.]{0,16}?으?로\s[^.]{0,12}(?:늘|줄|불|증가|감소)")
_COMES_FROM = re.compile(r"에서\s$")


def comes_to(line: str, end: int) -> bool:
    """Is the figure that ends here what something grows to (60곳까지, 60곳으로)?"""
    return bool(_TO.match(line, end))


def grew(line: str, end: int, start: int, stop: int) -> bool:
    """Did the figure that ends at *end* grow to the one from *start* to *stop*, right behind it?

    >>> grew("84억원에서 105억원으로", 4, 7, 12), grew("68억원에서 66억원을 썼다", 4, 7, 11)
    (True, False)
    """
    return bool(_BETWEEN.fullmatch(line, end, start)) and comes_to(line, stop)


def grows_from(line: str, end: int, stop: int) -> bool:
    """Is the figure that ends at *end* what the next, up to *stop*, grows from; also 지난해 42교이던 학교를 60교로?"""
    return bool(_FROM.match(line, end)) or (bool(_WAS.match(line, end)) and comes_to(line, stop))


def is_left_behind(line: str, end: int) -> bool:
    """1천27억 원에서 903억 원으로 줄었다: does the sentence go on to say what has become of the figure that ends here?"""
    return bool(_LEFT.match(line, end))


def comes_from(line: str, start: int) -> bool:
    """Does 에서 stand right before the figure that starts here?"""
    return bool(_COMES_FROM.search(line, 0, start))
