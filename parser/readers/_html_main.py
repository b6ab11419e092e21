"""Finds the document in a saved web page, by rules that hold for any site.

From the page's body down, each step goes into the child that holds the most text and judges its siblings: the site's own furniture
is navigation (by tag, ARIA role or class), what floats above the page, or mostly links. The document begins where a sibling is
none of these. What shows a sign of an official document (national motto, ``Điều 1.``, ``Nơi nhận:`` …) is no furniture unless it
floats or is mostly links, as a table of contents is. Inside the document only what is navigation by tag or role is taken off.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ..fold import match_form
from ._html_style import declarations

Element = Any

SILENT = frozenset({
    "script", "style", "noscript", "template", "head", "title", "svg", "iframe", "object", "embed", "applet", "canvas", "video", "audio",
    "map", "select", "textarea", "button", "datalist", "input", "frameset", "noframes", "xml",
})  # fmt: skip
"""Elements whose text is not part of what the page prints."""
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend",
    "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    "colgroup", "col",
})  # fmt: skip
"""Elements that begin and end a paragraph."""
_NAVIGATION = frozenset({"nav", "aside", "dialog", "menu"})
_SITE = frozenset({"header", "footer"})
_ROLES = frozenset({
    "navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "tablist", "tab", "dialog", "alertdialog",
    "toolbar", "button", "tooltip", "alert", "status", "switch",
})  # fmt: skip
_WORDS = frozenset({
    "nav", "navbar", "navigation", "menu", "topmenu", "submenu", "breadcrumb", "breadcrumbs", "sidebar", "header", "footer", "banner",
    "toolbar", "tablist", "search", "login", "share", "social", "comment", "comments", "related", "advert", "adv", "ads", "popup", "modal",
    "cookie", "copyright", "pagination", "pager", "rating", "tooltip", "dropdown", "hotline", "newsletter", "subscribe", "widget",
})  # fmt: skip
"""Words in a class or id that name a site's furniture."""
_FLOATING = frozenset({"fixed", "sticky", "fixed-top", "fixed-bottom", "sticky-top", "navbar-fixed-top", "navbar-fixed-bottom", "affix"})
"""Classes that many style frameworks give to what floats above the page."""
_BOXES = frozenset(
    {
        "div",
        "section",
        "article",
        "ul",
        "ol",
        "dl",
        "form",
        "table",
        "td",
        "th",
        "header",
        "footer",
        "span",
        "main",
        "tr",
        "tbody",
        "center",
        "blockquote",
        "figure",
        "fieldset",
    }
)
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_SIGN = re.compile(
    r"CỘNG H(?:OÀ|ÒA) XÃ HỘI CHỦ NGHĨA|Độc lập - Tự do - Hạnh phúc|\bSố ?: ?\d|\bNơi nhận ?:|\b(?:TM|KT|TL|TUQ)\. ?[^\W\d_]{2}"
    r"|\bĐiều \d{1,3}(?:[.:]|$)|\bCăn cứ (?:Hiến pháp|Luật|Bộ luật|Pháp lệnh|Nghị|Quyết|Thông)|\bPHỤ LỤC\b"
    r"|\b(?:QUYẾT NGHỊ|QUYẾT ĐỊNH|NGHỊ QUYẾT)\b"
)
"""Signs of an official document; looked for in folded text with single blanks."""
_MOST_LINKS = 0.6
_SHARE = 0.3
_FLOATS = 0.6
_DEEPEST = 100


class Found(NamedTuple):
    """The element that holds the document, and the elements taken off as furniture (outside and inside it)."""

    root: Element
    furniture: tuple[Element, ...]


class _Mass:
    """Non-blank characters in an element: all of them, those in links, those in navigation or links."""

    __slots__ = ("all", "chrome", "links")

    def __init__(self) -> None:
        self.all = self.links = self.chrome = 0


def is_hidden(element: Element) -> bool:
    """Whether an element is not shown: ``hidden``, ``display:none``, an inactive tab."""
    get = element.get
    if get("hidden") is not None and get("hidden") != "until-found":
        return True
    if get("aria-hidden") == "true" and get("role") == "tabpanel":
        return True
    style = get("style")
    if not style or ("none" not in style and "hidden" not in style and "hide" not in style):
        return False
    said = declarations(style)
    return said.get("display") == "none" or said.get("visibility") == "hidden" or said.get("mso-hide") == "all"


def is_navigation(element: Element, *, site: bool) -> bool:
    """Whether tag or role says that an element is for finding one's way. ``header`` and ``footer`` count on the page only."""
    tag = element.tag
    return tag in _NAVIGATION or (site and tag in _SITE) or element.get("role") in _ROLES


def is_floating(element: Element) -> bool:
    """Whether a box floats above the page (``position: fixed`` or ``sticky``): a tool of the site, not a place in the document."""
    if element.tag not in ("div", "section", "ul", "form", "header", "span"):
        return False
    style = element.get("style") or ""
    if "position" in style and declarations(style).get("position") in ("fixed", "sticky"):
        return True
    return not _FLOATING.isdisjoint((element.get("class") or "").split())


def is_clickable(element: Element) -> bool:
    """Whether an element is there to be clicked: a link, or what scripts made to be one."""
    get = element.get
    if element.tag == "a":
        return get("href") is not None or get("onclick") is not None
    return get("onclick") is not None or get("role") in ("button", "link", "tab", "treeitem") or "cursor-pointer" in (get("class") or "")


def find(body: Element, etree: Any) -> Found:
    """The document in a page. ``etree`` is lxml's module."""
    masses = _masses(body, etree)
    whole = masses[body].all
    node, furniture = body, list[Element]()
    root: Element | None = None
    for _ in range(_DEEPEST):
        children = [child for child in node if child in masses and masses[child].all]
        if not children:
            break
        best = max(children, key=lambda child: masses[child].all - masses[child].chrome)
        loose = masses[node].all - sum(masses[child].all for child in children)
        if masses[best].all < 0.5 * masses[node].all and root is not None:
            break
        others = [child for child in children if child is not best]
        off = [child for child in others if _is_furniture(child, masses[child], masses[best].all)]
        if len(off) < len(others) or loose > 0 or best.tag not in _BOXES:
            if root is None:
                root = node
            if masses[best].all < 0.5 * masses[node].all:
                break
            off = [child for child in off if child.tag in _BOXES or child.tag in _NAVIGATION]
        furniture += off
        node = best
    root = node if root is None else root
    if root is not body and masses[root].all - masses[root].chrome < 0.1 * whole and masses[root].all < 500:
        root, furniture = body, []
    return Found(root, tuple(furniture + _inside(root, masses, whole, set(furniture))))


def _masses(body: Element, etree: Any) -> dict[Element, _Mass]:
    masses: dict[Element, _Mass] = {}
    stack: list[_Mass] = []
    linked = navigating = 0
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            silent = tag in SILENT or is_hidden(element)
            mass = _Mass()
            stack.append(mass)
            if silent:
                walk.skip_subtree()
                continue
            masses[element] = mass
            linked += is_clickable(element)
            navigating += is_navigation(element, site=True)
            _weigh(mass, element.text, linked, navigating)
        else:
            mass = stack.pop()
            if element in masses:
                linked -= is_clickable(element)
                navigating -= is_navigation(element, site=True)
                if tag not in BLOCKS and tag not in _BOXES:
                    del masses[element]
            if stack:
                above = stack[-1]
                above.all += mass.all
                above.links += mass.links
                above.chrome += mass.chrome
                _weigh(above, element.tail, linked, navigating)
    return masses


def _weigh(mass: _Mass, text: str | None, linked: int, navigating: int) -> None:
    if text:
        weight = len("".join(text.split()))
        mass.all += weight
        mass.links += weight if linked else 0
        mass.chrome += weight if linked or navigating else 0


def _is_furniture(element: Element, mass: _Mass, best: int) -> bool:
    if mass.all > max(best, 200):
        return False
    if is_floating(element):
        return mass.all < _FLOATS * best
    if is_navigation(element, site=True):
        return mass.all < _SHARE * best or not has_sign(element)
    if mass.chrome >= _MOST_LINKS * mass.all:
        return True
    named = element.tag in _BOXES and names_furniture(element)
    return named and mass.all < _SHARE * best and not has_sign(element)


def names_furniture(element: Element) -> bool:
    """Whether class or id of a box names a site's furniture: ``mobile-tab-nav``, ``lawHeader_title``; not Word's ``MsoHeader``."""
    for value in (element.get("class"), element.get("id")):
        if value and "Mso" not in value and any(word.lower() in _WORDS for word in _TOKEN.findall(value[:500])):
            return True
    return False


def has_sign(element: Element) -> bool:
    """Whether an element's text shows a sign of an official document."""
    return shows_sign(" ".join("".join(element.itertext()).split()))


def shows_sign(text: str) -> bool:
    """Whether a text, on one line, shows a sign of an official document."""
    return _SIGN.search(match_form(text)) is not None


def _inside(root: Element, masses: dict[Element, _Mass], whole: int, gone: set[Element]) -> list[Element]:
    """Navigation inside the document, and furniture of the site that stands beside it where the way down ended early."""
    found: list[Element] = []
    pending = [child for child in reversed(root) if child in masses]
    while pending:
        element = pending.pop()
        if element in gone:
            continue
        mass = masses[element]
        share = mass.all < _SHARE * whole
        beside = element.getparent() is root and names_furniture(element) and element.tag in _BOXES and mass.chrome > 0.1 * mass.all
        if mass.all and share and (is_navigation(element, site=False) or beside) and not has_sign(element):
            found.append(element)
        else:
            pending.extend(child for child in reversed(element) if child in masses)
    return found
