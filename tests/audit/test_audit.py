"""A file as audited: what was checked, what fails, and which cells cannot be right."""

import pytest

from support.audited import checked, failing


@pytest.mark.parametrize(
    "table",
    [
        "名前,住所\nA,1-2\n",
        "KPI,値\nA,6\nB,7\n",
        "区分,上期,下期,年度\n契約残高,5,6,6\n",
        "指標,単位,上期,下期,年度\n合格率,%,50.0,60.0,55.0\n",
        "区分,前期,後期,年間\nA,1,2,4\n",
        "区分,家計,会計,累計\nA,1,2,9\n",
        "",
    ],
)
def test_nothing_can_be_checked(table: str) -> None:
    """Where no label promises a sum, none is asserted."""
    assert (failing(table), checked(table)) == ([], {})
