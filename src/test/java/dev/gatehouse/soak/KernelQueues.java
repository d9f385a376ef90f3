package dev.gatehouse.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bytes that lie in the kernel's socket buffers, by the kernel's own account.
 *
 * @param sockets for each socket, by its two ends, the bytes that are written and not yet
 *     acknowledged, or have come and are not yet read
 */
record KernelQueues(Map<String, Long> sockets) {
  private static final String LISTENING = "0A"; // there the numbers mean connections

  /**
   * Those of all connections of which this port is one end. The kernel may list a socket twice when
   * others come and go meanwhile, hence the map.
   */
  static KernelQueues of(int port) throws IOException {
    String end = String.format(":%04X", port);
    Map<String, Long> sockets = new TreeMap<>();
    for (String table : List.of("tcp", "tcp6")) {
      Path file = Path.of("/proc/net", table);
      if (!Files.exists(file)) {
        continue;
      }
      for (String line : Files.readAllLines(file)) {
        String[] columns = line.strip().split("\\s+", -1); // sl local remote state tx:rx ...
        boolean ours = columns[1].endsWith(end) || columns[2].endsWith(end);
        if (ours && !columns[3].equals(LISTENING)) {
          String[] queues = columns[4].split(":", -1);
          long bytes = Long.parseLong(queues[0], 16) + Long.parseLong(queues[1], 16);
          if (bytes > 0) {
            sockets.put(columns[1] + " " + columns[2] + " state " + columns[3], bytes);
          }
        }
      }
    }
    return new KernelQueues(sockets);
  }

  long bytes() {
    return sockets.values().stream().mapToLong(Long::longValue).sum();
  }
}
