"""A mapping whose values are worked out when they are first asked for."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeVar

Value = TypeVar("Value")


class Asked(Mapping[str, Value]):
    """What *answer* says of each of the *keys*.

    >>> heard = []
    >>> said = Asked(["a", "b"], lambda key: heard.append(key) or key.upper())
    >>> said["b"], said["b"], "c" in said, list(said), heard
    ('B', 'B', False, ['a', 'b'], ['b'])
    """

    def __init__(self, keys: Collection[str], answer: Callable[[str], Value]) -> None:
        self._keys, self._answer = keys, answer
        self._said: dict[str, Value] = {}

    def __getitem__(self, key: str) -> Value:
        if key not in self._said:
            if key not in self._keys:
                raise KeyError(key)
            self._said[key] = self._answer(key)
        return self._said[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
