package dev.gatehouse.testkit;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A container's request as a filter sees it; what tests do not need it refuses. */
public final class FakeRequest {
  private final String method;
  private final String path;
  private final Map<String, List<String>> fields = new LinkedHashMap<>();
  private final Map<Object, Object> attributes = new ConcurrentHashMap<>();
  private final List<String> calls = new ArrayList<>();
  private final List<AsyncListener> listeners = new ArrayList<>();
  private @Nullable AsyncContext async;

  public FakeRequest(String method, String path) {
    this.method = method;
    this.path = path;
  }

  /** With one more line. */
  public FakeRequest with(String name, String value) {
    fields.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
    return this;
  }

  /** The request itself. */
  public HttpServletRequest asRequest() {
    return fake(HttpServletRequest.class, this::call);
  }

  /** What was done with the asynchronous context. */
  public List<String> calls() {
    return calls;
  }

  /** Who wants to hear what the container says. */
  public List<AsyncListener> listeners() {
    return listeners;
  }

  private interface Handler {
    @Nullable Object call(String method, Object[] arguments);
  }

  private static <T> T fake(Class<T> type, Handler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                handler.call(method.getName(), arguments == null ? new Object[0] : arguments)));
  }

  private @Nullable Object call(String name, Object[] arguments) {
    return switch (name) {
      case "getMethod" -> method;
      case "getProtocol" -> "HTTP/1.1";
      case "getScheme" -> "http";
      case "getServerName" -> "h";
      case "getServerPort" -> 80;
      case "getServletPath" -> "";
      case "isSecure" -> false;
      case "getRequestURI" -> path.split("\\?", 2)[0];
      case "getQueryString" -> path.contains("?") ? path.split("\\?", 2)[1] : null;
      case "getHeader" -> lines((String) arguments[0]).stream().findFirst().orElse(null);
      case "getHeaders" -> Collections.enumeration(lines((String) arguments[0]));
      case "getHeaderNames" -> Collections.enumeration(fields.keySet());
      case "getAttribute" -> attributes.get(arguments[0]);
      case "setAttribute" -> {
        attributes.put(arguments[0], arguments[1]);
        yield null;
      }
      case "isAsyncStarted" -> async != null;
      case "getAsyncContext" -> async;
      case "startAsync" -> {
        ServletResponse response = (ServletResponse) arguments[1];
        AsyncContext begun = fake(AsyncContext.class, (call, of) -> context(response, call, of));
        async = begun;
        yield begun;
      }
      default -> throw new UnsupportedOperationException(name);
    };
  }

  private @Nullable Object context(ServletResponse response, String name, Object[] arguments) {
    if (name.equals("addListener")) {
      listeners.add((AsyncListener) arguments[0]);
    } else if (name.equals("getResponse")) {
      return response;
    } else if (!name.equals("setTimeout") && !name.equals("getRequest")) {
      calls.add(name);
    }
    return null;
  }

  private List<String> lines(String name) {
    for (Map.Entry<String, List<String>> each : fields.entrySet()) {
      if (each.getKey().equalsIgnoreCase(name)) {
        return each.getValue();
      }
    }
    return List.of();
  }
}
