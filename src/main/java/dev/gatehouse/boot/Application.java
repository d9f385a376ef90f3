package dev.gatehouse.boot;

import dev.gatehouse.auth.FormToken;
import dev.gatehouse.auth.KeyFile;
import dev.gatehouse.auth.KeyRing;
import dev.gatehouse.balance.RetryBudget;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.cache.CacheFilter;
import dev.gatehouse.cache.HttpCache;
import dev.gatehouse.config.Loaded;
import dev.gatehouse.config.Problem;
import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.config.Sources;
import dev.gatehouse.control.Operator;
import dev.gatehouse.dns.DnsLookup;
import dev.gatehouse.dns.Names;
import dev.gatehouse.events.EventLog;
import dev.gatehouse.guard.RouteTable;
import dev.gatehouse.health.HealthChecker;
import dev.gatehouse.members.Membership;
import dev.gatehouse.metrics.AccessLog;
import dev.gatehouse.metrics.Metrics;
import dev.gatehouse.proxy.ClientBodies;
import dev.gatehouse.proxy.Departures;
import dev.gatehouse.proxy.Forwarding;
import dev.gatehouse.proxy.Routes;
import dev.gatehouse.proxy.UpstreamClient;
import dev.gatehouse.servlet.Closing;
import dev.gatehouse.servlet.ExchangeIds;
import dev.gatehouse.servlet.Parts;
import dev.gatehouse.status.BackendTable;
import dev.gatehouse.status.StatusSource;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.eclipse.jetty.client.HttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs while the context does. Closing it stops all, the last started first. */
final class Application implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Application.class);
  private static final Duration KEY_FILE_LOOK = Duration.ofSeconds(1);
  private static final Duration ACCESS_LOG_LOOK = Duration.ofSeconds(1);
  private static final Duration CLIENT_LOOK = Duration.ofMillis(500);
  private static final Duration DNS_AT_START = Duration.ofSeconds(2);
  private static final Duration NAMES_LOOK = Duration.ofMillis(100);
  private static final Duration QUEUE_LOOK = Duration.ofMillis(50);
  private static final Duration POOL_TICK = Duration.ofMillis(100);
  private static final Duration TABLE_LOOK = Duration.ofMillis(100);

  private final ServletContext context;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  private Application(ServletContext context) {
    this.context = context;
  }

  /** Starts everything, or nothing. */
  static Application start(ServletContext context) {
    Application application = new Application(context);
    try {
      application.run();
      return application;
    } catch (RuntimeException | Error e) {
      application.close();
      throw e;
    } catch (GeneralSecurityException | IOException e) {
      application.close();
      throw new IllegalStateException("not started: " + e.getMessage(), e);
    }
  }

  private void run() throws GeneralSecurityException, IOException {
    VersionFloor.refusal(Runtime.version())
        .ifPresent(
            reason -> {
              throw new IllegalStateException(reason);
            });
    List<Keys> read = new ArrayList<>(1);
    SplittableRandom random = new SplittableRandom();
    Sources sources = ContextSources.of(context, random);
    Loaded loaded = Loaded.from(sources, full -> problems(full, read));
    ProxyConfig config = loaded.config().withoutKeys();
    loaded.notes().forEach(note -> LOG.info("{}", note));
    Keys keys = read.get(0);
    keys.notes().forEach(note -> LOG.warn("{}", note));
    StatusSource.About about = Surroundings.about(context, config);
    about.warnings().forEach(warning -> LOG.warn("{}", warning));

    AccessLog log =
        AccessLog.start(config.log().accessLog(), System::nanoTime, InstantSource.system());
    started.push(log); // the last to stop, for the lines of what is cut short
    HttpClient client = UpstreamClient.start(config.client(), config.tls());
    started.push(client::stop);

    EventLog events = new EventLog(InstantSource.system());
    Pools made = Pools.of(config, client, events);
    List<UpstreamPool> pools = made.pools();
    started.push(made);
    HealthChecker health =
        new HealthChecker(
            made.watches(client),
            System::nanoTime,
            InstantSource.system(),
            random.split(),
            List.of(new HealthEvents(events)));
    started.push(health);

    DnsLookup lookup = new DnsLookup(config.dns().servers(), client.getExecutor());
    started.push(lookup);
    Names names = new Names(lookup, config.dns(), System::nanoTime);
    Membership members = new Membership(config.pools(), pools, health, events, names);
    members.start(DNS_AT_START);
    Departures departures = new Departures();
    Metrics metrics = new Metrics(System::nanoTime);
    Closing closing = LastCall.closing(config.shutdown(), metrics, departures::count);
    Map<String, RetryBudget> budgets = Routes.budgets(config, System::nanoTime);
    RouteTable routes = new RouteTable(config.routes());
    routes.routes().forEach(Application::log);
    Routes all = Routes.of(config, client, pools, budgets, departures, System::nanoTime, secret());
    Forwarding forwarding = new Forwarding(all, closing);
    ClientBodies bodies = new ClientBodies(config);
    Optional<HttpCache> cache = Caching.start(config, bodies, forwarding, client, started::push);
    started.push(departures::endAll); // before the store, into which they may still write
    StatusSource status =
        new StatusSource(
            about,
            made.shown(budgets),
            health,
            metrics,
            events,
            cache,
            System::nanoTime,
            InstantSource.system());
    Parts.none()
        .with(ProxyConfig.class, config)
        .with(InstantSource.class, InstantSource.system())
        .with(Metrics.class, metrics)
        .with(AccessLog.class, log)
        .with(EventLog.class, events)
        .with(ExchangeIds.class, exchangeIds(config))
        .with(KeyRing.class, keys.ring())
        .with(HttpClient.class, client)
        .with(RouteTable.class, routes)
        .with(Forwarding.class, forwarding)
        .with(ClientBodies.class, bodies)
        .with(CacheFilter.Found.class, new CacheFilter.Found(cache))
        .with(StatusSource.class, status)
        .with(Closing.class, closing)
        .with(FormToken.class, FormToken.random())
        .with(Operator.class, new Operator(pools, members, health, events))
        .leaveIn(context);
    started.push(() -> Parts.removeFrom(context));
    Housekeeping housekeeping = keepHouse(keys, log, departures, pools);
    if (config.debug()) {
      Runnable draw = () -> LOG.info("backends\n{}", BackendTable.draw(status.report()));
      housekeeping.every(TABLE_LOOK, new DebugTable(events, System::nanoTime, draw)::look);
    }
    housekeeping.every(NAMES_LOOK, members::tick);
    cache.ifPresent(own -> housekeeping.every(POOL_TICK, own::tick));
    Supplier<Loaded> again = () -> Loaded.from(sources, full -> problems(full, new ArrayList<>(1)));
    Reload.of(loaded.footprint(), again, members::configure, events)
        .ifPresent(reload -> housekeeping.every(loaded.footprint().pause(), reload::look));
    health.start();
    started.push(LastCall.listen(context, closing));
    LOG.info("Gatehouse {} started on {}, {}", about.version(), about.container(), about.jvm());
  }

  private static void log(ProxyConfig.Route route) {
    List<String> hosts = route.match().hosts();
    LOG.info(
        "Route {}: {} at {} goes to pool {}, less the prefix {}",
        route.id(),
        route.match().path(),
        hosts.isEmpty() ? "any host" : String.join(", ", hosts),
        route.poolId(),
        route.prefix().isEmpty() ? "(none)" : route.prefix());
  }

  private Housekeeping keepHouse(
      Keys keys, AccessLog log, Departures departures, List<UpstreamPool> pools) {
    Housekeeping housekeeping = new Housekeeping();
    started.push(housekeeping);
    pools.forEach(pool -> housekeeping.inTime(POOL_TICK, () -> pool.tick(System.nanoTime())));
    housekeeping.inTime(CLIENT_LOOK, departures::look);
    housekeeping.inTime(QUEUE_LOOK, () -> pools.forEach(pool -> pool.expire(QUEUE_LOOK)));
    housekeeping.every(POOL_TICK, () -> pools.forEach(UpstreamPool::log));
    housekeeping.every(CLIENT_LOOK, departures::complain);
    keys.file().ifPresent(file -> housekeeping.every(KEY_FILE_LOOK, () -> look(file)));
    if (log.isOn()) {
      housekeeping.every(ACCESS_LOG_LOOK, log::complain);
    }
    return housekeeping;
  }

  private static ExchangeIds exchangeIds(ProxyConfig config) {
    return new ExchangeIds(
        config.log().requestIdHeader(), () -> ThreadLocalRandom.current().nextLong());
  }

  private static void look(KeyFile file) {
    var unused = file.refresh(); // says in the log what it found
  }

  /** What only the parts themselves can find wrong in a configuration. */
  private static List<Problem> problems(ProxyConfig config, List<Keys> read) {
    List<Problem> problems = new ArrayList<>(UpstreamClient.problems(config.tls()));
    problems.addAll(Caching.problems(config.cache()));
    Keys keys = Keys.of(config.auth());
    problems.addAll(keys.problems());
    read.add(keys);
    return problems;
  }

  private static byte[] secret() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return secret;
  }

  @Override
  public void close() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) { // declared by AutoCloseable; the rest must be stopped all the same
        LOG.warn("a part does not stop", e);
      }
    }
  }
}
