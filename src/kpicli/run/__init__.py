"""One run: count, enter, compare, judge, remark."""
