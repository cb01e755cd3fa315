"""Settings that nobody has confirmed: the keys that `guesses` lists, and the KPIs that rest on one.

A comment is not read from TOML, so the list says which values were only guessed. Taking a key out
of it confirms the value.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kpicli.base.problems import Problem
from kpicli.base.wording import Text, nearest_of
from kpicli.model.figures import KpiHead
from kpicli.model.summary import Guess

if TYPE_CHECKING:
    from kpicli.catalog.catalog import Catalog
    from kpicli.catalog.kpis.kpi import Kpi
    from kpicli.settings.settings import Settings

_SLIPS = 2
GUESS_MARK = Text("(推測)", " (guess)")
"""What stands behind a title that rests on a guess."""
_REST = Text(
    "確かめていない設定によるので、確定していません: {paths}",
    "not final, as it rests on settings that nobody has confirmed: {paths}",
)


def guess_problems(raw: Mapping[str, Any], guesses: Iterable[str]) -> Iterator[Problem]:
    """Yield the guesses that name no key of the settings, `raw` as they are in the file."""
    for path in guesses:
        keys = path.split(".")
        if _stands(raw, keys):
            continue
        meant = ".".join(_nearest(raw, keys))
        near = Text(f"「{meant}」のことですか", f"did you mean {meant!r}?")
        gone = Text("ない設定なら、この一覧から消してください", "take it out of the list")
        hint = near if meant else gone
        yield Problem(
            "guesses",
            Text(
                f"「{path}」という設定はファイルにありません({hint.ja})",
                f"there is no key {path!r} in the file ({hint.en})",
            ),
            slip=path,
            meant=meant,
        )


def _stands(value: object, keys: Sequence[str]) -> bool:
    """Return whether keys lead to a value; into members of a list, whichever has them."""
    if isinstance(value, list):
        return any(_stands(member, keys) for member in value) if keys else True
    if not keys:
        return True
    return isinstance(value, dict) and keys[0] in value and _stands(value[keys[0]], keys[1:])


def _nearest(value: object, keys: Sequence[str]) -> tuple[str, ...]:
    """Return the keys that lead to a value and are those, slips aside; none where none do."""
    if isinstance(value, list):
        return next((own for each in value if (own := _nearest(each, keys))), ())
    if not keys or not isinstance(value, dict):
        return ()
    near = keys[0] if keys[0] in value else _slip_of(keys[0], value)
    if near is None or len(keys) == 1:
        return () if near is None else (near,)
    below = _nearest(value[near], keys[1:])
    return (near, *below) if below else ()


def _slip_of(key: str, names: Iterable[str]) -> str | None:
    """Return the name of which a key is a slip; of two keys that merely begin alike it is none."""
    near = nearest_of(key, list(names))
    return near if near is not None and abs(len(near) - len(key)) <= _SLIPS else None


def guesses_of(settings: "Settings") -> tuple[Guess, ...]:
    """Return the settings that nobody has confirmed, in the order of the list, with their lines.

    A key that several entries of a source have is one guess for each. The line is 0 where the
    settings stand in no file.
    """
    named = settings.values.guesses
    if not named:
        return ()
    if settings.file is None or not settings.file.is_file():
        return tuple(Guess(path) for path in named)
    from kpicli.settings.toml.positions import positions_of  # loads a parser of its own

    lines: dict[str, list[int]] = {}
    for path, position in positions_of(settings.file.read_bytes()).items():
        own = lines.setdefault(".".join(key for key in path.split(".") if not key.isdecimal()), [])
        own.append(position.line)
    return tuple(Guess(path, line) for path in named for line in _lines(lines.get(path, ())))


def _lines(lines: Sequence[int]) -> Sequence[int]:
    """Return the lines of a key; a list and its first member stand in the same one."""
    return tuple(dict.fromkeys(lines)) or (0,)


def resting(settings: "Settings") -> Mapping[str, tuple[str, ...]]:
    """Return the guesses on which figures rest, by KPI; a KPI that rests on none is not in it.

    A composed KPI rests on what those rest on that it is made of. In which month the year begins
    moves no figure of a period, whose days are shown with it. Nor do the months that a continuous
    export covers, which its rows say by themselves.
    """
    catalog = settings.catalog
    by_kpi: dict[str, tuple[str, ...]] = {}
    for path in settings.values.guesses:
        section, _, rest = path.partition(".")
        names = {kpi.id for kpi in _moved(catalog, section, rest)}
        composed = catalog.composed.values()
        made = {each.id for each in composed if any(own.id in names for own in each.counted)}
        for name in names | made:
            by_kpi[name] = (*by_kpi.get(name, ()), path)
    return by_kpi


def _moved(catalog: "Catalog", section: str, path: str) -> tuple["Kpi", ...]:
    """Return the KPIs that a setting below a section moves."""
    name, _, below = path.partition(".")
    key, _, column = below.partition(".")
    if section == "kpi":
        return tuple(kpi for kpi in catalog.kpi.values() if kpi.id == name)
    if section not in ("exports", "source") or name not in catalog.source:
        return ()
    source = catalog.source[name]
    if key == "covers" and source.rhythm == "continuous":
        return ()
    column = column.partition(".")[0] if column.partition(".")[0] in source.columns else ""
    return kpis_using(catalog, catalog.kpi.values(), name, column)


def kpis_using(
    catalog: "Catalog", kpis: Iterable["Kpi"], source: str, column: str = ""
) -> tuple["Kpi", ...]:
    """Return the KPIs of a source, or of sources made of it, and of a column where one is named.

    Whatever counts its rows uses the columns that date them, and those that tell them apart.
    """
    own = {name for name, spec in catalog.source.items() if source in (name, spec.of)}

    def rests(kpi: "Kpi") -> bool:
        if not column:
            return not own.isdisjoint(kpi.sources)
        specs = [catalog.source[name] for name in own.intersection(kpi.sources)]
        always = any(column in (*spec.dating, *spec.key) for spec in specs)
        return always or any((name, column) in kpi.used for name in own)

    return tuple(filter(rests, kpis))


def guessed_title(title: Text) -> Text:
    """Return a title that says that its figure rests on a guess."""
    return Text(title.ja + GUESS_MARK.ja, title.en + GUESS_MARK.en)


def unmarked_title(head: KpiHead) -> Text:
    """Return the title of a KPI without the mark of a guess, for words that outlive the guess."""
    if not head.guesses:
        return head.title
    ja, en = head.title.ja, head.title.en
    return Text(ja.removesuffix(GUESS_MARK.ja), en.removesuffix(GUESS_MARK.en))


def guessed_warning(paths: Iterable[str]) -> Text:
    """Return the warning that a figure rests on the guesses at these paths."""
    return _REST.filled(paths=", ".join(paths))
