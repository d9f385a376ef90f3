package dev.gatehouse.cache;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Opens the tiers below the heap; one that can't be opened is left out, and a WARN says so. */
final class LowerTiers {
  private static final long CLUSTER_PAUSE_MILLIS = 1_000;

  private final LongSupplier nanoTime;
  private final List<Faults> faults = new ArrayList<>();
  private final List<LowerTier> opened = new ArrayList<>();

  LowerTiers(Tiers tiers, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    if (tiers.offHeapBytes() > 0) {
      open("off-heap", () -> new OffHeapCache(tiers.offHeapBytes()));
    }
    tiers
        .disk()
        .ifPresent(
            disk -> open("disk", () -> new DiskCache(disk.directory(), disk.bytes(), nanoTime)));
    tiers.cluster().ifPresent(this::join);
  }

  /** The quickest first. */
  List<LowerTier> opened() {
    return List.copyOf(opened);
  }

  /** Of all, those that are left out too. */
  List<Faults> faults() {
    return List.copyOf(faults);
  }

  private void open(String name, Opening opening) {
    Faults these = new Faults(name, nanoTime);
    faults.add(these);
    try {
      opened.add(new ByteTier(name, opening.open(), these, nanoTime));
    } catch (IOException | RuntimeException | VirtualMachineError e) { // no direct memory, no page
      these.countOpening(e);
    }
  }

  private void join(Tiers.Cluster cluster) {
    Faults these = new Faults(ClusterTier.NAME, nanoTime);
    faults.add(these);
    Owed owed = new Owed();
    ClusterLink.Opening opening = () -> new ClusterCache(cluster.server(), cluster.bytes());
    ClusterLink link = new ClusterLink(opening, owed, these, nanoTime, CLUSTER_PAUSE_MILLIS);
    opened.add(new ClusterTier(link, owed, these));
  }

  private interface Opening {
    ByteCache open() throws IOException;
  }
}
