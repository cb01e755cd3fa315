"""Names that do not exist, and the nearest that do."""

from collections.abc import Iterable

from kpicli.base.wording import Text


def nearest(name: str, names: Iterable[str]) -> str:
    """Return ` (did you mean …?)` with the likeliest of `names`, or what there is."""
    return f" ({suggestion(name, names).en})"


def suggestion(name: str, names: Iterable[str]) -> Text:
    """Return the likeliest of `names` as a question, or what there is."""
    import difflib  # only a wrong name needs it

    names = list(names)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    if near:
        return Text(f"「{near[0]}」のことですか", f"did you mean {near[0]!r}?")
    listed = ", ".join(names)
    return Text(f"使えるもの: {listed}", f"there are: {listed}")
