"""Count voices with DuckDB, which reads UTF-8: iconv has been there before."""

import json
import sys

import duckdb

QUERY = r"""
WITH voices AS (
  SELECT unnest(arg_max({written: 受付日, line: 商品区分, category: 声の区分},
                        list_position($files, filename)))
  FROM read_csv($files, all_varchar = true, header = true, delim = ',', quote = '"',
                escape = '"', strict_mode = true, filename = true)
  GROUP BY 受付番号
), spellings AS (
  SELECT written, regexp_extract(written,
    '^(\d{4}|(?:令和|令|R)\d{1,2})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})',
    ['year', 'month', 'day']) AS part
  FROM (SELECT DISTINCT written FROM voices)
), days AS (
  SELECT written, make_date(
    CASE WHEN part.year ~ '^\d{4}$' THEN part.year::INT
         ELSE regexp_replace(part.year, '\D+', '')::INT + 2018 END,
    part.month::INT, part.day::INT) AS day
  FROM spellings
)
SELECT line, category, count(*)
FROM voices JOIN days USING (written)
WHERE day BETWEEN DATE '2025-04-01' AND DATE '2025-09-30'
GROUP BY ALL
"""


def main(_encoding: str, *files: str) -> None:
    """Run the query on files that are in UTF-8 by now."""
    counts = duckdb.execute(QUERY, {"files": list(files)}).fetchall()
    json.dump(counts, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
