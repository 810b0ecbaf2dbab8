"""Does what its arguments say: print, fail or sleep."""

import sys
import time

what, argument = sys.argv[1:]
if what == "print":
    print(argument)
elif what == "fail":
    sys.exit(argument)
else:
    time.sleep(float(argument))
