"""Reading on the machines of a Dask cluster. Only this package imports Dask, and only when used.

address -> connection -> Client -> engine -> tasks, on the workers -> pieces without keys
                                      |         `- keys stay there; repeated ones come back
                                   waiting   as long as there are workers
                                      `-> cluster_errors   why a run ended
"""
