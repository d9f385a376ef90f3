package dev.gatehouse.dns;

import dev.gatehouse.config.DnsConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.NioClient;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * Asks the hosts file, then DNS servers over the network. Nothing is kept: TTLs are the asker's.
 */
public final class DnsLookup implements Lookup, AutoCloseable {
  private static final Duration TRY = Duration.ofSeconds(2);
  private static final Duration ALL_TRIES = Duration.ofSeconds(5);
  private static final int TRIES = 2;

  private final LookupSession session;

  /**
   * Asks nobody yet.
   *
   * @param executor runs what is to be done with an answer
   */
  public DnsLookup(List<DnsConfig.Server> servers, Executor executor) {
    ExtendedResolver resolver =
        servers.isEmpty() ? new ExtendedResolver() : new ExtendedResolver(resolvers(servers));
    for (Resolver each : resolver.getResolvers()) {
      each.setTimeout(TRY);
    }
    resolver.setTimeout(ALL_TRIES);
    resolver.setRetries(TRIES);
    ResolverConfig system = ResolverConfig.getCurrentConfig();
    session =
        LookupSession.builder()
            .resolver(resolver)
            .executor(executor)
            .defaultHostsFileParser()
            .searchPath(system.searchPath())
            .ndots(system.ndots())
            .build();
  }

  private static List<Resolver> resolvers(List<DnsConfig.Server> servers) {
    List<Resolver> resolvers = new ArrayList<>();
    for (DnsConfig.Server server : servers) {
      resolvers.add(new SimpleResolver(new InetSocketAddress(server.address(), server.port())));
    }
    return resolvers;
  }

  @Override
  public void ask(String host, Consumer<Answer> done) {
    Name name;
    try {
      name = Name.fromString(host);
    } catch (TextParseException e) {
      done.accept(Answer.denied("no name for DNS"));
      return;
    }
    ask(
        host,
        name,
        Type.A,
        first -> {
          if (first.kind() == Answer.Kind.DENIED) {
            ask(host, name, Type.AAAA, done);
          } else {
            done.accept(first);
          }
        });
  }

  private void ask(String host, Name name, int type, Consumer<Answer> done) {
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
    NioClient.close();
  }
}
