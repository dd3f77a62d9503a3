#!/usr/bin/env python3
"""Makes quiet-hour.csv: a customer every 75 s on average (exponential), a mix of services, lognormal service times with a
coefficient of variation of 0.7; three of ten are impatient, 20 minutes on average (exponential). Seeded: always the same."""
import math
import random

SEED = 20260504
# service, segment, weight, mean service time in seconds
MIX = [
    ("general", "", 26, 240), ("cash", "", 14, 90), ("family", "", 8, 480),
    ("housing", "", 4, 600), ("passport", "", 8, 360), ("general", "priority", 4, 240),
]

random.seed(SEED)
sigma = math.sqrt(math.log(1 + 0.7 ** 2))
print("# A quiet hour in the branch of examples/branch, made up by examples/days/make-quiet-hour.py (seed %d)." % SEED)
print("arrival,service,segment,service_seconds,patience_seconds")
arrival = random.expovariate(1 / 75)
while arrival < 3600:
    service, segment, _, mean = random.choices(MIX, [kind[2] for kind in MIX])[0]
    serving = max(20, random.lognormvariate(math.log(mean) - sigma * sigma / 2, sigma))
    patience = "" if random.random() < 0.7 else "%d" % max(60, random.expovariate(1 / 1200))
    print("%.1f,%s,%s,%.0f,%s" % (arrival, service, segment, serving, patience))
    arrival += random.expovariate(1 / 75)
