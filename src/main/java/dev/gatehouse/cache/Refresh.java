package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Forwarding;
import dev.gatehouse.servlet.Detached;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.Journal;
import dev.gatehouse.servlet.ServletFields;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the origin for what is stored and stale, while no client waits (RFC 5861 §3). */
final class Refresh {
  private static final Logger LOG = LoggerFactory.getLogger(Refresh.class);

  private static final List<String> CONTENT =
      List.of("Content-Type", "Content-Encoding", "Content-Language", "Content-Length");

  private final CacheParts parts;
  private final long purgesBefore;

  /**
   * @param purgesBefore how many purges there were when what is stale was found
   */
  Refresh(CacheParts parts, long purgesBefore) {
    this.parts = parts;
    this.purgesBefore = purgesBefore;
  }

  /** Does so unless somebody is asking already. */
  void begin(HttpServletRequest model, String key, String under, StoredResponse stale) {
    Flight flight = new Flight();
    if (parts.flights().lead(under, flight) != flight) {
      return;
    }
    try {
      begin(model, key, under, stale, flight);
    } catch (RejectedExecutionException e) { // the application stops: each hit would log it
      LOG.debug("what is stale is not refreshed any more", e);
      end(under, flight);
    } catch (RuntimeException e) {
      LOG.warn("what is stale can't be refreshed", e);
      end(under, flight);
    }
  }

  private void end(String under, Flight flight) {
    parts.flights().end(under, flight);
    flight.landed();
  }

  private void begin(
      HttpServletRequest model, String key, String under, StoredResponse stale, Flight flight) {
    Exchange own = Exchange.of(model).again(new Journal(parts.nanoTime()));
    boolean hasBody = CacheKey.hasBody(key);
    HttpServletRequest request = Detached.request(model, fields(model, stale, hasBody), own);
    parts.bodies().copy(model, request);
    HttpServletResponse response = Detached.response();
    Fetch fetch =
        new Fetch(
                parts,
                own,
                request,
                response,
                parts.sent().apply(request),
                key,
                under,
                flight,
                Optional.of(stale),
                Forward.STALE,
                false)
            .after(purgesBefore);
    parts.executor().execute(() -> go(fetch, own));
    parts.counters().count(CacheCounters.Event.REFRESHED);
  }

  /**
   * What selects the response, what says by which name the origin is asked, and how to read a body
   * (RFC 9110 §8).
   */
  private Fields fields(HttpServletRequest model, StoredResponse stale, boolean hasBody) {
    List<String> names = parts.variants().selecting(stale.fields().all("Vary"));
    return ServletFields.of(model)
        .keep(
            name ->
                name.equalsIgnoreCase("Host")
                    || name.equalsIgnoreCase("Connection") // which may take others away
                    || Forwarding.claims(name)
                    || (hasBody && isOneOf(CONTENT, name))
                    || isOneOf(names, name));
  }

  private static boolean isOneOf(List<String> names, String name) {
    for (String each : names) {
      if (CacheKey.isAlso(each, name)) {
        return true;
      }
    }
    return false;
  }

  private void go(Fetch fetch, Exchange own) {
    try {
      fetch.go(parts.onward());
    } catch (IOException | ServletException | RuntimeException e) {
      own.done();
      LOG.warn("what is stale can't be refreshed", e);
    }
    if (!own.isAsynchronous()) {
      own.done(); // there is no container that would say so
    }
  }
}
