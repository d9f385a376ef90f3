package dev.gatehouse.balance;

/**
 * The same backend for the same key, while it is there and not much more loaded than the others.
 *
 * <p>Rendezvous hashing: key and backend together are a lot, and the best lot of those available
 * wins. When one leaves, its keys alone move, spread over the rest by weight.
 */
public final class ConsistentHash implements LoadBalancer {
  private static final double BOUND = 1.25;
  private static final int FREE = 8; // that many in flight are no load, however idle others are
  private static final double UNIT = 0x1p-53;

  @Override
  public Candidate choose(Roster roster, RequestKey key) {
    long hash = hash(key.hashed());
    double perWeight = BOUND * inFlightWithOneMore(roster) / roster.totalWeight();
    Candidate best = roster.get(0);
    Candidate free = null;
    double least = Double.POSITIVE_INFINITY;
    double leastFree = Double.POSITIVE_INFINITY;
    for (int i = 0; i < roster.size(); i++) {
      Candidate candidate = roster.get(i);
      int weight = roster.weight(i);
      double lot = ((mixed(hash ^ candidate.hash()) >>> 11) + 1) * UNIT; // above 0, at most 1
      if ((1 - lot) / weight >= leastFree) {
        continue; // -ln x >= 1 - x, so the logarithm need not be known
      }
      double score = -Math.log(lot) / weight; // exponential: the least of all wins by weight
      if (score < least) {
        best = candidate;
        least = score;
      }
      if (score < leastFree
          && candidate.inFlight() < Math.max(FREE, Math.ceil(perWeight * weight))) {
        free = candidate;
        leastFree = score;
      }
    }
    return free == null ? best : free; // others may have begun requests since we counted
  }

  private static long inFlightWithOneMore(Roster roster) {
    long inFlight = 1;
    for (int i = 0; i < roster.size(); i++) {
      inFlight += roster.get(i).inFlight();
    }
    return inFlight;
  }

  /** FNV-1a, 64 bit, over UTF-16; the same in each process, so that proxies agree. */
  static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mixed(hash);
  }

  /** MurmurHash3's finalizer: each bit of the result depends on all of the input. */
  private static long mixed(long bits) {
    long mixed = (bits ^ bits >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}
