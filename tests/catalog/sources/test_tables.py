"""Sources and code tables of a whole catalogue, each by the name that the other gives it."""

from kpicli.catalog.read import read_catalog


def test_the_table_of_a_column() -> None:
    """A code column has one, another has none."""
    catalog = read_catalog()
    table = catalog.codes_of(catalog.source["voices"], "line")
    assert table is not None
    assert "生保" in table.values
    assert catalog.codes_of(catalog.source["voices"], "received_on") is None
