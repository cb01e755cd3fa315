"""What makes a page small enough for a field of a CMS: no rule and no line that nothing needs.

A style sheet has a rule a line, and every class that it names begins with `fd-`.
"""

import re
from collections import Counter

WHOLE = "fd-report"
"""The class of the whole fragment."""
MOST_BYTES = 65_535
"""What a text field of the usual content systems holds."""

_CLASS = re.compile(r"\.(fd-[\w-]+)")
_USED = re.compile(r'class="([^"]*)"')
_BLOCK = (
    "(?:article|caption|col|dd|details|div|dl|dt|figcaption|figure|h[1-6]|li|nav|ol|p|section|"
    "summary|table|tbody|td|th|thead|tr|ul)"
)
_BETWEEN = re.compile(rf"(</?{_BLOCK}(?: [^<>]*)?>)\n+(?=</?{_BLOCK}[ >])")
_SPACE = re.compile(r" *([{};,]) *|(:) +")


def used_style(sheet: str, html: str) -> str:
    """Return the rules of a style sheet that something in the HTML needs, without spare spaces."""
    classes = {name for names in _USED.findall(html) for name in names.split()}
    lines = []
    for line in sheet.split("\n"):
        selectors, brace, body = line.partition("{")
        if not brace or selectors.lstrip().startswith("@"):
            lines.append(line)
            continue
        kept = [s for s in selectors.split(", ") if set(_CLASS.findall(s)) <= classes]
        if kept:
            lines.append(f"{', '.join(kept)}{{{body}")
    small = _SPACE.sub(lambda match: match[1] or match[2], "\n".join(map(str.strip, lines)))
    return small.replace(";}", "}")


def without_lines(html: str) -> str:
    """Return HTML without the line ends between blocks, which show as nothing."""
    return _BETWEEN.sub(r"\1", html)


def fitting(html: str) -> str:
    """Return a fragment with its style sheet, its classes under short names if it is too large.

    `fd-report`, by which the page around it knows it, keeps its name.
    """
    if len(html.encode()) <= MOST_BYTES:
        return html
    uses = Counter(name for names in _USED.findall(html) for name in names.split())
    ours = [use for use in uses.most_common() if use[0].startswith("fd-") and use[0] != WHOLE]
    short = {name: f"fd-{number:x}" for number, (name, _) in enumerate(ours, 10)}
    head, mark, body = html.partition("</style>")
    sheet = _CLASS.sub(lambda match: f".{short.get(match[1], match[1])}", head)
    named = _USED.sub(
        lambda match: f'class="{" ".join(short.get(n, n) for n in match[1].split())}"', body
    )
    return f"{sheet}{mark}{named}"
