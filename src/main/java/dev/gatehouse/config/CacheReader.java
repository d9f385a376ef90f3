package dev.gatehouse.config;

import dev.gatehouse.config.CacheConfig.Cluster;
import dev.gatehouse.config.CacheConfig.Disk;
import dev.gatehouse.config.CacheConfig.Lock;
import dev.gatehouse.config.CacheConfig.Rules;
import dev.gatehouse.config.CacheConfig.SetCookie;
import dev.gatehouse.config.CacheConfig.Tiers;
import dev.gatehouse.config.CacheConfig.Vary;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Reads what is kept of responses. */
final class CacheReader {
  private static final String MAX_BYTES = "proxy.cache.maxBytes";
  private static final String MAX_OBJECT_SIZE = "proxy.cache.maxObjectSize";
  private static final String OFF_HEAP = "proxy.cache.offHeap";
  private static final String DISK = "proxy.cache.disk";
  private static final String CLUSTER = "proxy.cache.cluster";
  private static final String KEY_HEADERS = "proxy.cache.keyHeaders";
  private static final String API_KEY = "proxy.auth.apiKeyHeader";
  private static final long USUAL_DISK = 1L << 30;
  private static final long USUAL_CLUSTER = 128L << 20;
  private static final long LEAST = 1L << 20; // an off-heap or disk tier is counted in megabytes
  private static final int MOST_ENTRIES = 100_000_000;

  private final Params params;

  CacheReader(Params params) {
    this.params = params;
  }

  CacheConfig read() {
    Tiers tiers = tiers();
    return new CacheConfig(
        params.flag("proxy.cache.enabled"),
        tiers,
        maxObjectSize(tiers),
        rules(),
        new CacheConfig.Key(
            new LinkedHashSet<>(
                params.words("proxy.cache.methods", List.of("GET", "HEAD", "QUERY", "POST"))),
            keyHeaders(),
            params.choice("proxy.cache.vary", Vary.class),
            params.flag("proxy.cache.perKey")),
        new Lock(
            params.flag("proxy.cache.lock"),
            params.duration("proxy.cache.lockTimeout", Params.SHORTEST)),
        params
            .text("proxy.cache.statusHeader", Syntax::isOwnField)
            .filter(name -> !name.equalsIgnoreCase("off")),
        headers("proxy.cache.tagHeader"),
        params.ranges("proxy.cache.purge.from"));
  }

  private Rules rules() {
    return new Rules(
        params.duration("proxy.cache.defaultTtl", Duration.ZERO),
        params.duration("proxy.cache.maxTtl", Duration.ZERO),
        params.duration("proxy.cache.staleWhileRevalidate", Duration.ZERO),
        params.duration("proxy.cache.staleIfError", Duration.ZERO),
        headers("proxy.cache.targetedHeader"),
        params.choice("proxy.cache.setCookie", SetCookie.class),
        params.flag("proxy.cache.requestDirectives"),
        params.flag("proxy.cache.postContentLocation"));
  }

  /** A tier holds what is in the quicker one before it, so it must be larger. */
  private Tiers tiers() {
    long maxBytes = params.limit(MAX_BYTES);
    if (maxBytes == 0) {
      params.refuse(MAX_BYTES, "must be 1 or more; to keep nothing: proxy.cache.enabled=false");
    }
    long offHeap = params.limit(OFF_HEAP);
    if (offHeap > 0 && (offHeap < LEAST || offHeap <= maxBytes)) {
      params.refuse(OFF_HEAP, "must be 1m or more, and more than " + MAX_BYTES);
    }
    Optional<Disk> disk = disk();
    long before = Math.max(offHeap, maxBytes);
    if (disk.isPresent() && (disk.get().bytes() < LEAST || disk.get().bytes() <= before)) {
      params.refuse(DISK, "its size must be 1m or more, and more than what memory may hold");
    }
    Optional<Cluster> cluster = cluster();
    if (cluster.isPresent() && disk.isPresent()) {
      params.refuse(CLUSTER, "can't be together with " + DISK + ": choose one");
    }
    return new Tiers(
        maxBytes, params.number("proxy.cache.maxEntries", 1, MOST_ENTRIES), offHeap, disk, cluster);
  }

  private int maxObjectSize(Tiers tiers) {
    int size = params.size(MAX_OBJECT_SIZE);
    boolean sound = params.sound(MAX_OBJECT_SIZE) && params.sound(MAX_BYTES);
    if (size <= tiers.maxBytes() || !sound) {
      return size;
    }
    if (params.given(MAX_OBJECT_SIZE).isPresent()) {
      params.refuse(MAX_OBJECT_SIZE, "must not be more than " + MAX_BYTES);
    }
    return (int) tiers.maxBytes();
  }

  /** {@code /path}, {@code /path:size}. */
  private Optional<Disk> disk() {
    String text = params.setting(DISK).value();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int colon = text.lastIndexOf(':');
    Optional<Long> size = Values.limit(text.substring(colon + 1)).filter(bytes -> colon > 0);
    try {
      Path path = Path.of(size.isPresent() ? text.substring(0, colon) : text).toAbsolutePath();
      Path there = Files.exists(path) ? path : path.getParent(); // or it is made in there
      if (there == null || !Files.isDirectory(there)) {
        params.refuse(DISK, "there is no such directory, nor one to make it in");
      } else if (!Files.isWritable(there)) {
        params.refuse(DISK, "may not be written by the user that runs the server");
      }
      return params.sound(DISK)
          ? Optional.of(new Disk(path, size.orElse(USUAL_DISK)))
          : Optional.empty();
    } catch (InvalidPathException e) {
      params.refuse(DISK, Kind.DIRECTORY.wanted());
      return Optional.empty();
    }
  }

  /** {@code terracotta://host:port/name}, {@code terracotta://host:port/name:size}. */
  private Optional<Cluster> cluster() {
    return params.text(CLUSTER, text -> cluster(text).isPresent()).flatMap(CacheReader::cluster);
  }

  private static Optional<Cluster> cluster(String text) {
    int name = text.lastIndexOf('/') + 1;
    int colon = text.indexOf(':', name);
    Optional<Long> size =
        colon < 0 ? Optional.of(USUAL_CLUSTER) : Values.limit(text.substring(colon + 1));
    Optional<URI> server = Syntax.uri(colon < 0 ? text : text.substring(0, colon));
    return size.filter(bytes -> bytes >= LEAST)
        .flatMap(
            bytes -> server.filter(CacheReader::isCluster).map(uri -> new Cluster(uri, bytes)));
  }

  private static boolean isCluster(URI uri) {
    String path = uri.getRawPath();
    return "terracotta".equals(uri.getScheme())
        && uri.getHost() != null
        && uri.getRawUserInfo() == null
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null
        && Syntax.hasGoodPort(uri)
        && path.matches("/[A-Za-z0-9_.-]+");
  }

  private List<String> keyHeaders() {
    List<String> headers = headers(KEY_HEADERS);
    if (headers.stream().anyMatch(params.setting(API_KEY).value()::equalsIgnoreCase)) {
      params.refuse(KEY_HEADERS, "backends never get " + API_KEY + ": set proxy.cache.perKey");
    }
    return headers;
  }

  private List<String> headers(String name) {
    Setting setting = params.setting(name);
    List<String> listed = Params.list(setting);
    if (listed.size() == 1 && listed.get(0).equalsIgnoreCase("off")) {
      return List.of();
    }
    List<String> headers = new ArrayList<>();
    for (String header : listed) {
      if (!Syntax.isOwnField(header) || headers.stream().anyMatch(header::equalsIgnoreCase)) {
        params.refuse(setting, header, Kind.HEADERS.wanted());
      } else {
        headers.add(header);
      }
    }
    return headers;
  }
}
