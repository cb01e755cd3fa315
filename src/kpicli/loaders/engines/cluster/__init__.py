"""Reading on the machines of a Dask cluster. Only this package imports Dask, and only when used."""
