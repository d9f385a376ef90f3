package dev.gatehouse.servlet;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.http.Fields;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The typed facts of one exchange, from the first filter to the last byte. Thread-safe: the
 * container's and the client's threads take turns on it.
 */
public final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private static final String ATTRIBUTE = "dev.gatehouse.exchange";

  private final String peer;
  private final boolean peerTrusted;
  private final String client;
  private final ExchangeId id;
  private final Journal journal;
  private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean done = new AtomicBoolean();
  private volatile ProxyConfig.@Nullable Route route;
  private volatile Fields clientsOwn = Fields.NONE;
  private volatile Supplier<Fields> inOwnAnswers = () -> Fields.NONE;
  private volatile boolean asynchronous;
  private volatile int brokenOffStatus = 502;
  private volatile @Nullable String consumer;
  private volatile List<String> withheld = List.of();
  private volatile @Nullable Fields fields;
  private volatile @Nullable OutgoingHead outgoing;

  /**
   * @param peer literal address of who has the connection
   * @param client literal address of who asks, by what trusted proxies say
   */
  public Exchange(String peer, boolean peerTrusted, String client, ExchangeId id, Journal journal) {
    this.peer = peer;
    this.peerTrusted = peerTrusted;
    this.client = client;
    this.id = id;
    this.journal = journal;
  }

  /**
   * The facts of a request.
   *
   * @throws IllegalStateException if the exchange filter has not seen it: a wrong web.xml
   */
  public static Exchange of(ServletRequest request) {
    return request instanceof BoundRequest bound
        ? bound.exchange()
        : find(request)
            .orElseThrow(
                () ->
                    new IllegalStateException("the filter 'exchange' must come first in web.xml"));
  }

  /** The same; empty if the container has refused the request before any filter. */
  static Optional<Exchange> find(ServletRequest request) {
    if (request instanceof BoundRequest bound) {
      return Optional.of(bound.exchange());
    }
    return request.getAttribute(ATTRIBUTE) instanceof Exchange exchange
        ? Optional.of(exchange)
        : Optional.empty();
  }

  /**
   * The fields of the client's request.
   *
   * @param container reads them, once
   */
  Fields fields(Supplier<Fields> container) {
    Fields known = fields;
    if (known == null) {
      known = container.get();
      fields = known;
    }
    return known;
  }

  /** Records what a backend will get. */
  public void willSend(OutgoingHead head) {
    outgoing = head;
  }

  /** What a backend will get, if somebody has worked it out; null: nobody has. */
  public @Nullable OutgoingHead outgoing() {
    return outgoing;
  }

  /** Attaches the facts to their request. */
  public void attachTo(ServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** Attaches the facts to their request: the one for all behind who calls this. */
  public HttpServletRequest attachTo(HttpServletRequest request, HttpServletResponse response) {
    attachTo(request);
    return new BoundRequest(request, response, this);
  }

  /** The same facts for a request that we make of this one without the client. */
  public Exchange again(Journal own) {
    Exchange again = new Exchange(peer, peerTrusted, client, id, own);
    again.route = route;
    again.consumer = consumer;
    again.withheld = withheld;
    return again;
  }

  /** Records where the request goes. */
  public void settle(ProxyConfig.Route chosen) {
    route = chosen;
  }

  /**
   * Where the request goes.
   *
   * @throws IllegalStateException if it goes nowhere, or the guard has not seen it
   */
  public ProxyConfig.Route route() {
    ProxyConfig.Route settled = route;
    if (settled == null) {
      throw new IllegalStateException("the filter 'guard' must come before the servlet 'proxy'");
    }
    return settled;
  }

  /** Literal address of who has the connection. */
  public String peer() {
    return peer;
  }

  /** Whether the peer's forwarding fields are believed. */
  public boolean peerTrusted() {
    return peerTrusted;
  }

  /** Literal address of who asks. */
  public String client() {
    return client;
  }

  /** The exchange's name, and the field for it. */
  public ExchangeId id() {
    return id;
  }

  /** The exchange's name. */
  public String requestId() {
    return id.value();
  }

  /** What has happened so far. */
  public Journal journal() {
    return journal;
  }

  /** The id of the key that the request came with; absent without authentication. */
  public Optional<String> consumer() {
    return Optional.ofNullable(consumer);
  }

  /** Records whose key it is, and in which field the key came, which the backend must not see. */
  public void authenticated(String consumerId, String keyField) {
    this.consumer = consumerId;
    withhold(keyField);
  }

  /** Keeps a request field from the backend: there is a key of ours in it. */
  public void withhold(String field) {
    if (!withholds(field)) {
      List<String> more = new ArrayList<>(withheld);
      more.add(field);
      withheld = more;
    }
  }

  /** Whether the request field is not for the backend, because a secret of ours is in it. */
  public boolean withholds(String field) {
    List<String> fields = withheld;
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).equalsIgnoreCase(field)) {
        return true;
      }
    }
    return false;
  }

  /** Records a response field that is for this client only, whoever else gets the response. */
  public void forClientOnly(String name, String value) {
    clientsOwn = clientsOwn.plus(name, value);
  }

  /** The response fields that are for this client only. */
  public Fields clientsOwn() {
    return clientsOwn;
  }

  /** Has each own answer say this from now on, instead of what it was to say before. */
  public void tellInOwnAnswers(Supplier<Fields> fields) {
    inOwnAnswers = fields;
  }

  /** What each own answer says. */
  Fields inOwnAnswers() {
    return inOwnAnswers.get();
  }

  /**
   * Runs the work once, when the last byte is out or the exchange is given up; at once if it has
   * been.
   */
  public void whenDone(Runnable then) {
    work.add(then);
    if (done.get() && work.remove(then)) {
      then.run();
    }
  }

  /** Records what to answer if nothing of the broken response has gone out. */
  public void brokenOff(int status) {
    brokenOffStatus = status;
  }

  /** What to answer if nothing of the broken response has gone out. */
  public int brokenOffStatus() {
    return brokenOffStatus;
  }

  /** Says that the exchange goes on after {@code doFilter} returns. */
  void asynchronous() {
    asynchronous = true;
  }

  /** Takes it back. */
  void synchronous() {
    asynchronous = false;
  }

  /** Whether the exchange goes on after {@code doFilter} returns. */
  public boolean isAsynchronous() {
    return asynchronous;
  }

  /** The end; whatever comes first of several calls counts. */
  public void done() {
    if (done.compareAndSet(false, true)) {
      for (Runnable each = work.poll(); each != null; each = work.poll()) {
        try {
          each.run();
        } catch (RuntimeException e) { // the others, and the container, must hear of the end
          LOG.warn("something at the end of an exchange failed", e);
        }
      }
    }
  }
}
