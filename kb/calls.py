"""How verbs are called: what is no text, number or list where one is wanted is refused before anything is done, in one place for all.

What is typed by people is another matter: any text is taken, and answered or refused with a remedy (:class:`KnowledgeBaseError`).
"""

from __future__ import annotations

import builtins
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, wraps
from types import FunctionType, NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

_Verb = TypeVar("_Verb", bound=Callable[..., Any])
_Class = TypeVar("_Class")
_MOST = 2**31 - 1


def verbs(of: type[_Class]) -> type[_Class]:
    """A class whose public methods look at what they are called with."""
    for name, verb in list(vars(of).items()):
        if isinstance(verb, FunctionType) and not name.startswith("_"):
            setattr(of, name, checked(verb))
    return of


def checked(verb: _Verb) -> _Verb:
    """A function that refuses arguments of another kind than it says: ``TypeError`` for a kind, ``ValueError`` for a number out of bounds
    or a word that is none of those there are."""
    signature = inspect.signature(verb)

    @wraps(verb)
    def call(*given: Any, **named: Any) -> Any:
        for name, value in signature.bind(*given, **named).arguments.items():
            said = signature.parameters[name].annotation
            if isinstance(said, str):
                _look_at(f"{verb.__name__}({name})", value, _kinds(verb, said), said)
        return verb(*given, **named)

    return call  # type: ignore[return-value]


class _Names(Mapping[str, Any]):
    """Names as the module of a verb has them; one that is there for type checkers only is anything."""

    def __init__(self, of: Callable[..., Any]) -> None:
        self._known: dict[str, Any] = getattr(of, "__globals__", {})

    def __getitem__(self, name: str) -> Any:
        return self._known.get(name, getattr(builtins, name, Any))

    def __iter__(self) -> Any:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


@cache
def _kinds(verb: Callable[..., Any], annotation: str) -> tuple[Any, ...]:
    """The kinds of which one is wanted."""
    return _alternatives(eval(annotation, {}, _Names(verb)))


def _alternatives(hint: Any) -> tuple[Any, ...]:
    if get_origin(hint) in (Union, UnionType):
        return tuple(one for part in get_args(hint) for one in _alternatives(part))
    return (hint,)


def _look_at(where: str, value: Any, kinds: tuple[Any, ...], said: str) -> None:
    for kind in kinds:
        if get_origin(kind) is Literal:
            if value not in get_args(kind):
                listed = ", ".join(map(str, get_args(kind)))
                raise ValueError(f"{where}: không có {str(value)[:40]!r} / there is no {str(value)[:40]!r}: {listed}")
            return
    if not any(_is(value, kind) for kind in kinds):
        is_ = type(value).__name__
        if isinstance(value, Sequence | set | frozenset) and not isinstance(value, str | bytes):
            is_ += f"[{', '.join(sorted({type(one).__name__ for one in value}))}]"
        raise TypeError(f"{where}: cần {said}, không phải {is_} / must be {said}, not {is_}")
    if isinstance(value, int) and not 0 <= value <= _MOST:
        raise ValueError(f"{where}: cần số từ 0 đến {_MOST} / must be a number from 0 to {_MOST}")


def _is(value: Any, kind: Any) -> bool:
    if kind is Any or isinstance(kind, TypeVar):
        return True
    if kind in (None, NoneType):
        return value is None
    if kind in (int, float):
        return isinstance(value, (int, kind)) and not isinstance(value, bool)
    origin = get_origin(kind) or kind
    if origin in (Sequence, Iterable) and get_args(kind):
        listed = isinstance(value, origin) and not isinstance(value, str | bytes)
        if not listed or not isinstance(value, Sequence):
            return listed  # what is gone through once is not looked at before
        return all(any(_is(one, each) for each in _alternatives(get_args(kind)[0])) for one in value)
    return callable(value) if origin is Callable else isinstance(value, origin)
