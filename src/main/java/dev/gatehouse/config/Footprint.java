package dev.gatehouse.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a configuration was made of, known again by hashes only: the values may be secrets.
 *
 * @param file outside the WAR that it came from
 * @param pause between two looks at that file; zero: none
 * @param hashes by the names of what is set
 */
public record Footprint(Optional<Path> file, Duration pause, Map<String, String> hashes) {
  public Footprint {
    hashes = Map.copyOf(hashes);
  }

  static Footprint of(Optional<Path> file, Duration pause, Settings settings) {
    Map<String, String> hashes = new TreeMap<>();
    settings.given().forEach((name, setting) -> hashes.put(name, hash(setting.value())));
    return new Footprint(file, pause, hashes);
  }

  /** The names of the parameters that are set otherwise in the other one. */
  public SortedSet<String> differences(Footprint other) {
    SortedSet<String> different = new TreeSet<>(hashes.keySet());
    different.addAll(other.hashes.keySet());
    different.removeIf(name -> Objects.equals(hashes.get(name), other.hashes.get(name)));
    return different;
  }

  /** Whether the parameter of this name lists the backends of this pool. */
  public static boolean listsBackends(String name, String poolId) {
    String id = Families.plain(poolId);
    return name.equals(Families.POOL + id + ".backends")
        || (id.equals(RoutesReader.DEFAULT) && name.equals(PoolsReader.SHORT));
  }

  private static String hash(String value) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(value.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  @Override
  public String toString() {
    return "Footprint";
  }
}
