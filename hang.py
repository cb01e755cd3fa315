# Ctrl-C while rows are settled, one large file (1 GB/s of hashing imagined slow)
import time, sys
from kpicli.loaders import engine as E
from kpicli.loaders.content import HeldContent
from kpicli.loaders.local import Alone
E._MUCH=0
def slow(c): time.sleep(8); return ""
E.hash_of=slow
t=time.time()
try:
    with Alone().hashes([HeldContent(b"x")]) as s:
        time.sleep(.2); raise KeyboardInterrupt
except KeyboardInterrupt:
    print("waited %.1f s"%(time.time()-t))
