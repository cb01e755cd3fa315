"""Subject and introduction, by templates that can do nothing but write."""

from collections.abc import Callable, Mapping, Sized
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Text
from kpicli.output.page.safety import hidden, plain

SUBJECT = Text(
    "{{ marks }}{{ ' ' if marks }}{% if revised %}[訂正] {% endif %}"
    "{{ period }}の集計(顧客本位の業務運営)",
    "{{ marks }}{{ ' ' if marks }}{% if revised %}[revised] {% endif %}"
    "Customer-first figures of {{ period }}",
)
INTRODUCTION = Text(
    "{{ period }}({{ start }} から {{ end }} まで)の集計をお送りします。\n"
    "{% if revised %}先にお送りした同じ期間の数値を訂正するものです。\n{% endif %}"
    "{% if not marks %}要確認・目標未達{% if not no_data %}・データ不足{% endif %}は"
    "ありません。\n{% endif %}"
    "{% if no_data %}データのない指標が {{ no_data }} 件あります。\n{% endif %}",
    "The figures of {{ period }} ({{ start }} to {{ end }}).\n"
    "{% if revised %}They revise the figures of this period that were sent before.\n{% endif %}"
    "{% if not marks %}Nothing is to be checked{% if no_data %} or missed{% else %}, missed or "
    "incomplete{% endif %}.\n{% endif %}"
    "{% if no_data %}{{ no_data }} KPIs have no data.\n{% endif %}",
)
NAMES = (
    "period",
    "start",
    "end",
    "as_of",
    "marks",
    "doubtful",
    "missed",
    "incomplete",
    "no_data",
    "revised",
)
"""The names that a template may use."""

LONGEST_SUBJECT = 250

MOST_STEPS = 100_000
"""The numbers that all ranges of a template run through, and the longest text that it repeats."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which nothing can be made that takes long or fills the memory.

    A mail is written while other runs wait for the journal.
    """

    intercepted_binops = frozenset(["*", "**"])

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - Jinja's own signature
        """Return left * right, or raise `SecurityError` where that is more than a mail needs."""
        repeats = isinstance(left, Sized) or isinstance(right, Sized)
        if operator == "**" or (repeats and _length(left) * _length(right) > MOST_STEPS):
            raise SecurityError(f"{operator} makes too much")
        return super().call_binop(context, operator, left, right)


def _length(factor: object) -> int:
    """Return how often a factor repeats another, or how long it is."""
    if isinstance(factor, int):
        return max(factor, 0)
    return len(factor) if isinstance(factor, Sized) else 0


def _ranges() -> Callable[..., range]:
    """Return `range` for one rendering: loops within loops end, too."""
    left = MOST_STEPS

    def limited(*bounds: int) -> range:
        nonlocal left
        made = range(*bounds)
        left -= len(made) + 1
        if left < 0:
            raise SecurityError("its loops are too long")
        return made

    return limited


_ENVIRONMENT = _Sandbox(undefined=StrictUndefined, autoescape=False)
_FAILURES = (
    TemplateError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    AssertionError,
    RuntimeError,
    SyntaxError,  # of what is nested too deeply, as RecursionError is
    MemoryError,
)


def render_subject(template: str, values: Mapping[str, object], marks: str) -> str:
    """Return the subject: one line, with the marks before it where the template leaves them out.

    Raises `SettingsError` for a template that does not hold, and for a line break or another
    hidden character in what it makes.
    """
    subject = _rendered(template, values, "subject").strip()
    if marks not in subject:
        subject = f"{marks} {subject}"
    if not subject or len(subject) > LONGEST_SUBJECT or any(hidden(sign) for sign in subject):
        raise _wrong("subject", "one line of 1 to 250 characters, without hidden ones")
    return subject


def render_introduction(template: str, values: Mapping[str, object]) -> tuple[str, ...]:
    """Return the lines of the introduction, each safe to print."""
    text = _rendered(template, values, "introduction")
    return tuple(plain(line) for line in text.strip().splitlines())


def _rendered(template: str, values: Mapping[str, object], key: str) -> str:
    try:
        return _ENVIRONMENT.from_string(template).render({**values, "range": _ranges()})
    except _FAILURES as error:
        raise _wrong(key, str(error) or "the template fails") from None


def _wrong(key: str, reason: str) -> SettingsError:
    known = ", ".join(NAMES)
    return SettingsError(
        Text(
            f"[mail] の {key} のひな型に誤りがあります: {reason}",
            f"[mail] {key} is no valid template: {reason}",
        ),
        Text(f"使える名前: {known}", f"there are: {known}"),
    )
