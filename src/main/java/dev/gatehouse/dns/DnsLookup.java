package dev.gatehouse.dns;

import dev.gatehouse.config.DnsConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.NioClient;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * Asks the hosts file, then DNS servers over the network. Answers are not kept: TTLs are the
 * asker's.
 */
public final class DnsLookup implements Lookup, AutoCloseable {
  private static final Duration TRY = Duration.ofSeconds(2);
  private static final Duration ALL_TRIES = Duration.ofSeconds(5);
  private static final int TRIES = 2;

  private final List<DnsConfig.Server> servers;
  private final Executor executor;
  private @Nullable LookupSession session; // guarded by this
  private volatile boolean closed;

  /**
   * Touches nothing of DNS before the first question.
   *
   * @param servers none: those of the system
   * @param executor runs what is to be done with an answer
   */
  public DnsLookup(List<DnsConfig.Server> servers, Executor executor) {
    this.servers = List.copyOf(servers);
    this.executor = executor;
  }

  /** Null once it is closed. */
  private synchronized @Nullable LookupSession session() {
    if (session == null && !closed) {
      session = open();
    }
    return closed ? null : session;
  }

  private LookupSession open() {
    ResolverConfig system = ResolverConfig.getCurrentConfig();
    ExtendedResolver resolver = new ExtendedResolver(resolvers(system));
    resolver.setTimeout(ALL_TRIES);
    resolver.setRetries(TRIES);
    return LookupSession.builder()
        .resolver(resolver)
        .executor(executor)
        .defaultHostsFileParser()
        .searchPath(system.searchPath())
        .ndots(system.ndots())
        .build();
  }

  private List<Resolver> resolvers(ResolverConfig system) {
    List<InetSocketAddress> places = new ArrayList<>();
    servers.forEach(each -> places.add(new InetSocketAddress(each.address(), each.port())));
    if (places.isEmpty()) {
      places.addAll(system.servers());
    }
    List<Resolver> resolvers = new ArrayList<>();
    for (InetSocketAddress place : places) {
      Resolver resolver = new Open(place);
      resolver.setTimeout(TRY);
      resolvers.add(resolver);
    }
    return resolvers;
  }

  /**
   * Asks nobody after the close: the library would start its threads again for a second try. Of an
   * answer by way of other names, it tells only the TTL of the addresses; here all have the least,
   * since the name means them no longer than each step holds (RFC 2181 §5.4.1).
   */
  private final class Open extends SimpleResolver {
    Open(InetSocketAddress place) {
      super(place);
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query, Executor executor) {
      return closed
          ? CompletableFuture.failedFuture(new ClosedChannelException())
          : super.sendAsync(query, executor).thenApply(DnsLookup::withLeastTtl);
    }
  }

  private static Message withLeastTtl(Message answer) {
    List<Record> records = answer.getSection(Section.ANSWER);
    long least = Long.MAX_VALUE;
    for (Record each : records) {
      least = Math.min(least, each.getTTL());
    }
    answer.removeAllRecords(Section.ANSWER);
    for (Record each : records) {
      byte[] data = each.rdataToWireCanonical();
      answer.addRecord(
          Record.newRecord(each.getName(), each.getType(), each.getDClass(), least, data),
          Section.ANSWER);
    }
    return answer;
  }

  @Override
  public void ask(String host, Consumer<Answer> done) {
    LookupSession open = session();
    if (open == null) {
      done.accept(Answer.silent("DNS is not asked any more"));
      return;
    }
    Name name;
    try {
      name = Name.fromString(host);
    } catch (TextParseException e) {
      done.accept(Answer.denied("no name for DNS"));
      return;
    }
    ask(
        open,
        host,
        name,
        Type.A,
        first -> {
          if (first.kind() == Answer.Kind.DENIED) {
            ask(open, host, name, Type.AAAA, done);
          } else {
            done.accept(first);
          }
        });
  }

  private void ask(LookupSession session, String host, Name name, int type, Consumer<Answer> done) {
    var unused =
        session
            .lookupAsync(name, type)
            .handle(
                (result, failure) -> {
                  done.accept(failure == null ? found(host, result) : failed(failure));
                  return name;
                });
  }

  private static Answer found(String host, LookupResult result) {
    List<InetAddress> addresses = new ArrayList<>();
    long ttl = Integer.MAX_VALUE;
    for (Record each : result.getRecords()) {
      InetAddress address = address(each);
      if (address != null) {
        addresses.add(named(host, address));
        ttl = Math.min(ttl, each.getTTL());
      }
    }
    return addresses.isEmpty()
        ? Answer.denied("the name has no address")
        : Answer.found(addresses, Duration.ofSeconds(ttl));
  }

  private static @Nullable InetAddress address(Record from) {
    if (from instanceof ARecord v4) {
      return v4.getAddress();
    }
    return from instanceof AAAARecord v6 ? v6.getAddress() : null;
  }

  /** With the name as it is configured, which TLS asks for, not with one that it stands for. */
  private static InetAddress named(String host, InetAddress address) {
    try {
      return InetAddress.getByAddress(host, address.getAddress());
    } catch (UnknownHostException e) {
      throw new AssertionError("an address has 4 or 16 bytes", e);
    }
  }

  private static Answer failed(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof NoSuchDomainException) {
      return Answer.denied("there is no such name");
    }
    if (cause instanceof NoSuchRRSetException) {
      return Answer.denied("the name has no address");
    }
    return Answer.silent("DNS does not answer (" + cause.getClass().getSimpleName() + ")");
  }

  /** Ends the threads that this web application's copy of the library has. */
  @Override
  public void close() {
    boolean used;
    synchronized (this) {
      closed = true;
      used = session != null;
    }
    if (used) {
      NioClient.close();
    }
  }
}
