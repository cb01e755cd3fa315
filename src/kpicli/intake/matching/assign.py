"""The best way to give every column of a source at most one column of a file."""

from collections.abc import Sequence

_NEVER = 1e9


def assign(scores: Sequence[Sequence[float]]) -> dict[int, int]:
    """Return, per row, the column that it gets, so that the sum of the scores is the largest.

    No column is used twice; a row may get none where all that is left scores 0. This is the
    Hungarian method by shortest augmenting paths: O(rows² × columns).
    """
    if not scores:
        return {}
    rows, width = len(scores), len(scores[0])
    # One further column for each row, of score 0, stands for "none".
    costs = [[-score for score in own] + [0.0] * rows for own in scores]
    columns = width + rows
    by_row, by_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    taken = [0] * (columns + 1)  # the row, counted from 1, that has each column; 0 is the root
    for row in range(1, rows + 1):
        taken[0] = row
        least, came_from = [_NEVER] * (columns + 1), [0] * (columns + 1)
        done = [False] * (columns + 1)
        place = 0
        while taken[place]:
            done[place] = True
            own, step, nearest = taken[place], _NEVER, 0
            for column in range(1, columns + 1):
                if done[column]:
                    continue
                cost = costs[own - 1][column - 1] - by_row[own] - by_column[column]
                if cost < least[column]:
                    least[column], came_from[column] = cost, place
                if least[column] < step:
                    step, nearest = least[column], column
            for column in range(columns + 1):
                if done[column]:
                    by_row[taken[column]] += step
                    by_column[column] -= step
                else:
                    least[column] -= step
            place = nearest
        while place:
            taken[place] = taken[came_from[place]]
            place = came_from[place]
    return {
        taken[column] - 1: column - 1
        for column in range(1, width + 1)
        if taken[column] and scores[taken[column] - 1][column - 1] > 0
    }
