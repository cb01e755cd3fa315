"""What captions, units and notes around a table say of all its numbers."""

import re
from collections.abc import Sequence

from kpicli.audit.layout.lines import Context
from kpicli.audit.layout.units import caption_units, is_rounded
from kpicli.values.folding import fold

_ROUNDING = re.compile(
    r"四捨五入|端数(?:処理|調整|[のをはに])|切り?上げ|概数|(?:合計|総数|計)と(?:内訳|各).{0,12}一致し"
)
_CUTTING = re.compile(r"切り?捨て")
_PARTIAL = re.compile(r"上位|主な|抜粋|[(]抄[)]|ベスト|トップ ?\d|top ?\d|^順位$", re.I)

_INCLUSIVE = re.compile(
    r"(?:合計|総数|総計|計|全体|全国|総額)(?:に|は|には).{0,30}含(?:む|み|んで|まれ)|含む(?:ため|ので)"
)
"""`総数には不詳を含む`."""
_MULTIPLE = re.compile(r"複数回答|複数選択|重複|延べ?(?:人数|件数)?である|M\.?A\.?(?:$|[)])")


def context_of(captions: Sequence[str], header: Sequence[str]) -> Context:
    """Return what captions and notes around a table say, and of `partial` what its header says.

    Units hold where all of a caption are of one kind: one of `件、千円` does not say which numbers
    are in thousands, so headers have to.
    """
    folded = [fold(text[:300]) for text in captions if text]
    units = [unit for text in folded for unit in caption_units(text)]
    cut = any(_CUTTING.search(text) for text in folded)
    return Context(
        thousands=bool(units) and all(map(is_rounded, units)),
        rounded=cut or any(_ROUNDING.search(text) for text in folded),
        cut=cut,
        inclusive=any(_INCLUSIVE.search(text) for text in folded),
        multiple=any(_MULTIPLE.search(text) for text in (*folded, *map(fold, header))),
        partial=any(_PARTIAL.search(text) for text in (*folded, *map(fold, header))),
    )
