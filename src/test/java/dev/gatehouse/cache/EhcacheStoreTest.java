package dev.gatehouse.cache;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.CacheConfig.Vary;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Target;
import dev.gatehouse.testkit.LogLines;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EhcacheStoreTest {
  private static final long MB = 1L << 20;

  @TempDir Path directory;
  private final AtomicLong nanos = new AtomicLong();
  private final Deque<EhcacheStore> open = new ArrayDeque<>();

  enum Kind {
    HEAP,
    OFF_HEAP,
    DISK,
    ALL
  }

  private Tiers tiers(Kind kind, int heapEntries) {
    return new Tiers(
        heapEntries,
        MB,
        kind == Kind.OFF_HEAP || kind == Kind.ALL ? 16 * MB : 0,
        kind == Kind.DISK || kind == Kind.ALL
            ? Optional.of(new Tiers.Disk(directory, 64 * MB))
            : Optional.empty());
  }

  private EhcacheStore store(Tiers tiers) {
    EhcacheStore store =
        new EhcacheStore(tiers, () -> nanos.addAndGet(1_000), new SplittableRandom(1));
    open.push(store);
    return store;
  }

  @AfterEach
  void close() {
    open.forEach(EhcacheStore::close);
  }

  private static boolean isKept(EhcacheStore store, String key) {
    Stored stored = store.get(key);
    return stored != null && StoreSamples.isOf(key, stored);
  }

  private static long entriesIn(EhcacheStore store, String tier) {
    return Objects.requireNonNull(store.tiers().get(tier)).entries();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsPutIsFoundReplacedAndRemoved(Kind kind) {
    EhcacheStore store = store(tiers(kind, 100));
    assertThat(store.get("a")).isNull();
    store.put("a", StoreSamples.response("a", 1000));
    store.put("i", StoreSamples.index());
    assertThat(isKept(store, "a")).isTrue();
    assertThat(((VaryIndex) Objects.requireNonNull(store.get("i"))).generation()).isEqualTo(-7);
    store.put("a", StoreSamples.response("a", 2000));
    assertThat(((StoredResponse) Objects.requireNonNull(store.get("a"))).body()).hasSize(2000);
    store.remove("a");
    assertThat(store.get("a")).isNull();
    assertThat(store.holding().entries()).isEqualTo(1);
    assertThat(store.holding().faults()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"OFF_HEAP", "DISK", "ALL"})
  void whatTheHeapHasNoRoomForIsFoundBelowAndCarriedUp(Kind kind) {
    EhcacheStore store = store(tiers(kind, 2));
    for (int i = 0; i < 50; i++) {
      store.put("k" + i, StoreSamples.response("k" + i, 10_000));
    }
    assertThat(entriesIn(store, "heap")).isEqualTo(2);
    assertThat(store.holding().entries()).isEqualTo(50);
    for (int i = 0; i < 50; i++) {
      assertThat(isKept(store, "k" + i)).isTrue();
      assertThat(store.get("k" + i)).as("now on the heap").isSameAs(store.get("k" + i));
    }
    assertThat(store.holding().faults()).isZero();
    store.remove("k7");
    assertThat(store.get("k7")).isNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"OFF_HEAP", "DISK"})
  void aResponseOfAMegabyteIsKept(Kind kind) {
    EhcacheStore store = store(tiers(kind, 1));
    for (String key : List.of("a", "b", "c")) {
      store.put(key, StoreSamples.response(key, (int) MB));
    }
    for (String key : List.of("a", "b", "c")) {
      assertThat(isKept(store, key)).isTrue();
    }
    assertThat(store.holding().faults()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void removalGoesByKeyAndResponseThroughAllTiersAndCountsEachOnce(Kind kind) {
    EhcacheStore store = store(tiers(kind, kind == Kind.HEAP ? 100 : 5));
    for (int i = 0; i < 20; i++) {
      store.put((i < 10 ? "x" : "y") + i, StoreSamples.response("k" + i, i));
    }
    store.put("xi", StoreSamples.index());
    store.put("yi", StoreSamples.index());
    assertThat(store.removeIf(key -> key.startsWith("x"), each -> isSmallerThan(4, each)))
        .isEqualTo(4);
    assertThat(store.get("x3")).isNull();
    assertThat(store.get("x4")).isNotNull();
    assertThat(store.get("xi")).as("others are found by it").isNotNull();
    assertThat(store.removeIf(key -> key.equals("xi"), each -> true)).as("no response").isZero();
    assertThat(store.get("xi")).isNull();
    assertThat(store.get("yi")).isNotNull();
    assertThat(store.removeIf(key -> true, each -> true)).isEqualTo(16);
    assertThat(store.holding().entries()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void variantsOfATargetGoAndAgeInAllTiersAndCountOnce(Kind kind) {
    EhcacheStore store = store(tiers(kind, kind == Kind.HEAP ? 100 : 5));
    Target target = Target.of("http", "h", "/a", null);
    String key = CacheKey.of("GET", target, CacheKey.NO_BODY);
    String other = CacheKey.of("GET", Target.of("http", "h", "/b", null), CacheKey.NO_BODY);
    for (int i = 0; i < 20; i++) {
      Fields asked = Fields.of("Cookie", "id=" + i);
      var unused = variants(store).put(i < 12 ? key : other, asked, varying());
    }
    PurgeScope scope = PurgeScope.of(target);
    Instant now = Samples.RECEIVED.plusSeconds(1);
    assertThat(store.revise(scope::hasKey, each -> each.staleAt(now))).isEqualTo(12);
    assertThat(store.revise(scope::hasKey, each -> each.staleAt(now))).as("once more").isZero();
    for (int i = 0; i < 20; i++) {
      Fields asked = Fields.of("Cookie", "id=" + i);
      Variants.Found found = variants(store).find(i < 12 ? key : other, () -> asked);
      assertThat(found.response().orElseThrow().freshness().isFreshAt(now)).isEqualTo(i >= 12);
    }
    assertThat(store.removeIf(scope::hasKey, scope::has)).isEqualTo(12);
    assertThat(store.removeIf(each -> true, each -> true)).isEqualTo(8);
    assertThat(store.holding().entries()).isZero();
    assertThat(store.holding().faults()).isZero();
  }

  private static Variants variants(EhcacheStore store) {
    return new Variants(store, new SplittableRandom(1), List.of(), Vary.RFC);
  }

  private static StoredResponse varying() {
    return Samples.stored(200, "body", "Vary", "Cookie, Authorization");
  }

  private static boolean isSmallerThan(int bytes, Stored each) {
    return each instanceof StoredResponse response && response.body().length < bytes;
  }

  @ParameterizedTest
  @EnumSource
  void revisionChangesWhatItMeansInAllTiersAndCountsEachOnce(Kind kind) {
    EhcacheStore store = store(tiers(kind, kind == Kind.HEAP ? 100 : 5));
    for (int i = 0; i < 20; i++) {
      store.put("k" + i, StoreSamples.response("k" + i, i));
    }
    store.put("i", StoreSamples.index());
    Instant now = StoreSamples.THEN.plusSeconds(1);
    UnaryOperator<StoredResponse> ageing =
        each -> each.body().length < 10 ? each.staleAt(now) : each;
    assertThat(store.revise(key -> !key.equals("k3"), ageing)).isEqualTo(9);
    assertThat(store.revise(key -> !key.equals("k3"), ageing)).as("once more").isZero();
    for (int i = 0; i < 20; i++) {
      StoredResponse found = (StoredResponse) Objects.requireNonNull(store.get("k" + i));
      assertThat(found.freshness().isFreshAt(now)).as("k%d", i).isEqualTo(i == 3 || i >= 10);
      assertThat(found.body()).isEqualTo(StoreSamples.response("k" + i, i).body());
      assertThat(found.tags().first("Surrogate-Key")).contains("all k" + i);
    }
    assertThat(store.get("i")).isNotNull();
    assertThat(store.holding().faults()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void afterItIsClosedNothingIsFoundAndNothingThrows(Kind kind) {
    EhcacheStore store = store(tiers(kind, 10));
    store.put("a", StoreSamples.response("a", 10));
    store.close();
    store.close();
    store.put("a", StoreSamples.response("a", 10));
    store.remove("a");
    assertThat(store.get("a")).isNull();
    assertThat(store.removeIf(key -> true, each -> true)).isZero();
    assertThat(store.revise(key -> true, each -> each.staleAt(StoreSamples.THEN))).isZero();
  }

  @Test
  void aTierThatCannotBeOpenedIsLeftOut() {
    try (LogLines log = new LogLines(Faults.class)) {
      EhcacheStore store = store(new Tiers(10, MB, 1L << 50, Optional.empty()));
      assertThat(log.lines()).hasSize(1);
      store.put("a", StoreSamples.response("a", 10));
      assertThat(isKept(store, "a")).isTrue();
    }
  }

  @Nested
  class OnDisk {
    private EhcacheStore store() {
      return EhcacheStoreTest.this.store(tiers(Kind.DISK, 1));
    }

    private void fill(int count) {
      EhcacheStore store = store();
      for (int i = 0; i < count; i++) {
        store.put("k" + i, StoreSamples.response("k" + i, 5_000));
      }
      store.close();
    }

    private int found(EhcacheStore store, int count) {
      int found = 0;
      for (int i = 0; i < count; i++) {
        Stored stored = store.get("k" + i);
        if (stored != null) {
          assertThat(StoreSamples.isOf("k" + i, stored)).isTrue();
          found++;
        }
      }
      return found;
    }

    private Path file(String name) throws IOException {
      try (Stream<Path> all = Files.walk(directory)) {
        return all.filter(file -> file.getFileName().toString().equals(name)).findAny().get();
      }
    }

    @Test
    void itIsThereAgainAfterARestart() {
      fill(100);
      try (LogLines log = new LogLines(DiskCache.class)) {
        assertThat(found(store(), 100)).isEqualTo(100);
        assertThat(log.lines()).isEmpty();
      }
    }

    @Test
    void noValueByWhichARequestSelectsIsThereInClear() throws IOException {
      Target target = Target.of("http", "h", "/a", "b=query");
      Fields asked = Fields.of("Cookie", "id=secret-1", "Authorization", "secret-2");
      String typed = CacheKey.body("0a", Fields.of("Content-Type", "secret-3"));
      List<String> keys =
          List.of(
              CacheKey.of("GET", target, CacheKey.NO_BODY),
              CacheKey.of("GET", target, CacheKey.NO_BODY, "secret-4"),
              CacheKey.of("QUERY", target, typed));
      EhcacheStore store = store();
      for (String key : keys) {
        var unused = variants(store).put(key, asked, varying());
      }
      store.close();
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          byte[] bytes = Files.readAllBytes(file);
          for (Charset form : List.of(UTF_8, UTF_16BE, UTF_16LE)) { // at odd places, too
            assertThat(indexOf(bytes, "secret".getBytes(form)))
                .as("%s %s", file, form)
                .isNegative();
          }
        }
      }
      EhcacheStore again = store();
      for (String key : keys) {
        assertThat(variants(again).find(key, () -> asked).stored()).as(key).isNotNull();
        assertThat(variants(again).find(key, () -> Fields.NONE).stored()).isNull();
      }
      assertThat(again.holding().faults()).isZero();
      assertThat(again.removeIf(PurgeScope.of(target)::hasKey, each -> true)).isEqualTo(3);
    }

    @Test
    void whatWasRemovedIsNotThereAgain() {
      EhcacheStore store = store();
      store.put("k0", StoreSamples.response("k0", 10));
      store.put("k1", StoreSamples.response("k1", 10));
      store.remove("k0");
      store.close();
      assertThat(found(store(), 2)).isEqualTo(1);
    }

    @Test
    void itsDirectoryIsForUsAlone() throws IOException {
      fill(1);
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(directory.resolve("gatehouse-cache"))))
          .isEqualTo("rwx------");
    }

    @Test
    void changedBytesAreAMissAndNeverServed() throws IOException {
      fill(100);
      try (RandomAccessFile data =
          new RandomAccessFile(file("ehcache-disk-store.data").toFile(), "rw")) {
        byte[] all = new byte[(int) data.length()];
        data.readFully(all);
        byte[] body = StoreSamples.response("k5", 5_000).body();
        int at = indexOf(all, body);
        assertThat(at).isPositive();
        data.seek(at + 2_500L);
        data.write(body[2_500] ^ 1);
      }
      EhcacheStore store = store();
      assertThat(store.get("k5")).isNull();
      assertThat(found(store, 100)).isEqualTo(99);
      assertThat(store.holding().faults()).isEqualTo(1);
    }

    @Test
    void anIndexWithForeignClassesIsNotRead() throws IOException {
      fill(10);
      HashMap<Object, String> foreign = new HashMap<>();
      foreign.put(new Foreign(), "x");
      try (ObjectOutputStream index =
          new ObjectOutputStream(Files.newOutputStream(file("ehcache-disk-store.index")))) {
        index.writeObject(foreign);
      }
      expectAFreshBegin(10);
      assertThat(Foreign.READ.get()).isZero();
    }

    @Test
    void aCutIndexIsNotRead() throws IOException {
      fill(10);
      Path index = file("ehcache-disk-store.index");
      Files.write(index, java.util.Arrays.copyOf(Files.readAllBytes(index), 20));
      expectAFreshBegin(10);
    }

    @Test
    void withoutACleanEndItBeginsAnew() throws IOException {
      fill(10);
      Files.delete(directory.resolve("gatehouse-cache/.clean"));
      expectAFreshBegin(10);
    }

    @Test
    void classesThatThereAreNoneOfAreNoMatter() throws IOException {
      fill(10);
      Files.writeString(file("ehcache-disk-store.meta"), "keyType=no.Such\nvalueType=no.Such\n");
      expectAFreshBegin(10);
    }

    @Test
    void anotherSizeIsAnotherCache() {
      fill(10);
      Tiers larger = new Tiers(1, MB, 0, Optional.of(new Tiers.Disk(directory, 65 * MB)));
      assertThat(found(EhcacheStoreTest.this.store(larger), 10)).isZero();
    }

    private void expectAFreshBegin(int count) {
      try (LogLines log = new LogLines(DiskCache.class)) {
        EhcacheStore store = store();
        assertThat(found(store, count)).isZero();
        assertThat(log.lines()).hasSize(1).first().asString().startsWith("WARNING");
        store.put("k0", StoreSamples.response("k0", 10));
        assertThat(entriesIn(store, "disk")).isEqualTo(1);
      }
    }

    @Test
    void aSecondOneInTheSameDirectoryRunsWithoutIt() {
      EhcacheStore first = store();
      first.put("k0", StoreSamples.response("k0", 10));
      EhcacheStore second = store();
      second.put("k1", StoreSamples.response("k1", 10));
      assertThat(second.tiers()).containsOnlyKeys("heap");
      assertThat(isKept(second, "k1")).isTrue();
      second.close();
      first.close();
      assertThat(found(store(), 2)).isEqualTo(1);
    }

    @Test
    void itsThreadEndsWithIt() throws InterruptedException {
      fill(10);
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().contains(DiskWriter.ALIAS)) {
          thread.join(10_000);
          assertThat(thread.isAlive()).isFalse();
        }
      }
    }

    @Test
    void aFileOrWhatNobodyMayWriteIsNoDirectory() throws IOException {
      Path file = Files.writeString(directory.resolve("file"), "");
      assertThat(DiskDirectory.problem(file)).contains("is not a directory");
      assertThat(DiskDirectory.problem(Path.of("/proc/none"))).isPresent();
      assertThat(DiskDirectory.problem(directory.resolve("new/one"))).isEmpty();
      assertThat(Files.isDirectory(directory.resolve("new/one"))).isTrue();
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
      Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
      Path parent = Files.createDirectory(directory.resolve("parent"));
      Files.createSymbolicLink(parent.resolve("gatehouse-cache"), elsewhere);
      assertThat(DiskDirectory.problem(parent)).isPresent();
    }
  }

  private static int indexOf(byte[] all, byte[] part) {
    for (int i = 0; i <= all.length - part.length; i++) {
      if (java.util.Arrays.mismatch(all, i, i + part.length, part, 0, part.length) < 0) {
        return i;
      }
    }
    return -1;
  }

  /** Tells if it is ever read. */
  private static final class Foreign implements java.io.Serializable {
    private static final long serialVersionUID = 1;
    private static final AtomicLong READ = new AtomicLong();

    private void readObject(java.io.ObjectInputStream in) throws IOException {
      READ.incrementAndGet();
    }
  }
}
