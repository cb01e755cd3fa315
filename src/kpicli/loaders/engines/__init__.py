"""Engines share work out: to this thread, threads, processes, or workers of a cluster.

name -> choice -> Engine of interface
                    |- local      this thread; threads; hashing by threads meanwhile
                    |- processes  a forked process for each processor; hashing by one more
                    `- cluster/   the workers of a Dask cluster
tasks -> Engine -> results, in the order of the tasks, the same whoever did them
"""
