package dev.gatehouse.servlet;

import dev.gatehouse.http.Fields;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request that no client waits for, and a response that nobody reads, for who works with requests
 * and responses. What is not asked of them in such a case answers nothing, zero or false.
 */
public final class Detached {
  private Detached() {}

  /**
   * The request that a client made, once more, without the client, and without its body; in HEAD's
   * place it is a GET.
   *
   * @param model may be taken back by the container after this
   * @param fields in place of the client's
   * @param facts of the new exchange
   */
  public static HttpServletRequest request(
      HttpServletRequest model, Fields fields, Exchange facts) {
    Request request = new Request(model, fields);
    facts.attachTo(request);
    return request;
  }

  /** One that takes everything, and shows it to nobody. */
  public static HttpServletResponse response() {
    return new Response();
  }

  private static <T> T nothing(Class<T> type) {
    return nothing(type, call -> {});
  }

  private static <T> T nothing(Class<T> type, Consumer<String> called) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              called.accept(method.getName());
              Class<?> result = method.getReturnType();
              if (result == boolean.class) {
                return false;
              }
              if (result == long.class) {
                return 0L;
              }
              return result == int.class ? 0 : null;
            }));
  }

  private static final class Request extends HttpServletRequestWrapper {
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();
    private final Fields fields;
    private final String method;
    private final String uri;
    private final @Nullable String query;
    private final boolean secure;
    private final String scheme;
    private final String serverName;
    private final int serverPort;
    private final String path;
    private volatile @Nullable AsyncContext async;

    Request(HttpServletRequest model, Fields fields) {
      super(nothing(HttpServletRequest.class));
      this.fields = fields;
      this.method = model.getMethod().equals("HEAD") ? "GET" : model.getMethod();
      this.uri = model.getRequestURI();
      this.query = model.getQueryString();
      this.secure = model.isSecure();
      this.scheme = model.getScheme();
      this.serverName = model.getServerName();
      this.serverPort = model.getServerPort();
      this.path = model.getServletPath();
    }

    @Override
    public String getMethod() {
      return method;
    }

    @Override
    public String getProtocol() {
      return "HTTP/1.1";
    }

    @Override
    public String getRequestURI() {
      return uri;
    }

    @Override
    public @Nullable String getQueryString() {
      return query;
    }

    @Override
    public boolean isSecure() {
      return secure;
    }

    @Override
    public String getScheme() {
      return scheme;
    }

    @Override
    public String getServerName() {
      return serverName;
    }

    @Override
    public int getServerPort() {
      return serverPort;
    }

    @Override
    public String getServletPath() {
      return path;
    }

    @Override
    public DispatcherType getDispatcherType() {
      return DispatcherType.REQUEST;
    }

    @Override
    public @Nullable String getHeader(String name) {
      return fields.first(name).orElse(null);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return Collections.enumeration(fields.all(name));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      Set<String> names = new LinkedHashSet<>();
      for (int i = 0; i < fields.size(); i++) {
        if (seen.add(fields.name(i))) {
          names.add(fields.name(i));
        }
      }
      return Collections.enumeration(names);
    }

    @Override
    public @Nullable Object getAttribute(String name) {
      return attributes.get(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
      attributes.put(name, value);
    }

    @Override
    public boolean isAsyncSupported() {
      return true;
    }

    @Override
    public boolean isAsyncStarted() {
      return async != null;
    }

    @Override
    public @Nullable AsyncContext getAsyncContext() {
      return async;
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
      Exchange exchange = Exchange.of(request);
      AsyncContext begun =
          nothing(
              AsyncContext.class,
              call -> {
                if (call.equals("complete") || call.equals("dispatch")) {
                  exchange.done(); // there is no container to tell, and nothing to cut
                }
              });
      async = begun;
      return begun;
    }
  }

  private static final class Response extends HttpServletResponseWrapper {
    private final ServletOutputStream sink = new Sink();

    Response() {
      super(nothing(HttpServletResponse.class));
    }

    @Override
    public ServletOutputStream getOutputStream() {
      return sink;
    }

    @Override
    public Collection<String> getHeaderNames() {
      return List.of();
    }

    @Override
    public Collection<String> getHeaders(String name) {
      return List.of();
    }
  }

  private static final class Sink extends ServletOutputStream {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      try {
        listener.onWritePossible();
      } catch (IOException e) {
        listener.onError(e);
      }
    }

    @Override
    public void write(int b) {}

    @Override
    public void write(byte[] bytes, int start, int length) {}
  }
}
