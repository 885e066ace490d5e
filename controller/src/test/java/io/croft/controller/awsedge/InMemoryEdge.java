package io.croft.controller.awsedge;

import io.croft.controller.audit.AuditEntry;
import io.croft.controller.audit.AuditQuery;
import io.croft.controller.audit.AuditTrail;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.CroftProperties;
import io.croft.controller.context.Page;
import io.croft.controller.context.Rehearsal;
import io.croft.controller.edge.Authenticator;
import io.croft.controller.edge.EdgeProperties;
import io.croft.controller.edge.RawRequest;
import io.croft.controller.edge.RequestRecord;
import io.croft.controller.edge.Throttle;
import io.croft.controller.identity.AccessKey;
import io.croft.controller.identity.Authorizer;
import io.croft.controller.identity.KnownKeys;
import io.croft.controller.identity.Session;
import io.croft.controller.identity.SessionSummary;
import io.croft.controller.identity.Sessions;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** The whole edge but its HTTP server and its database, as the HTTP client of an AWS SDK client: what the SDK would send, the edge answers. */
public final class InMemoryEdge implements SdkHttpClient {
    public static final String KEY_ID = "AKIATESTTESTTESTTEST";
    public static final String READER_KEY_ID = "AKIAREADERREADERREAD";
    public static final String SECRET = "secretsecretsecretsecretsecretsecretsecr";
    public static final AccountId ACCOUNT = new AccountId("123456789012");

    final List<AuditEntry> audited = new ArrayList<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final RecordingTransactions transactions = new RecordingTransactions();
    final ActionCatalogue catalogue;
    private final AwsDispatch dispatch;

    public InMemoryEdge(Clock clock, Map<String, String> settings, List<AwsService> services, Object... groups) {
        var beans = new StaticListableBeanFactory();
        for (var group : groups) {
            beans.addBean(group.getClass().getName(), group);
        }
        var binder = new Binder(new MapConfigurationPropertySource(settings));
        var properties = binder.bindOrCreate("croft.edge", EdgeProperties.class);
        var croft = binder.bindOrCreate("croft", CroftProperties.class);
        catalogue = new ActionCatalogue(services, beans);
        dispatch = new AwsDispatch(
                catalogue,
                new Authenticator(new TwoKeys(), new NoSessions(), clock, croft, properties),
                new Authorizer(),
                new Throttle(properties),
                new Rehearsal(transactions),
                new RequestRecord(new ListedAudit(), meters, clock),
                () -> {});
    }

    /** A client of EC2 whose requests come here, signed with the given key and never repeated. */
    public Ec2Client ec2(String keyId, String secret) {
        return ec2(AwsBasicCredentials.create(keyId, secret), Region.US_EAST_1);
    }

    /** A client of EC2 with the administrator's key. */
    public Ec2Client ec2() {
        return ec2(KEY_ID, SECRET);
    }

    Ec2Client ec2(AwsCredentials credentials, Region region) {
        return Ec2Client.builder()
                .httpClient(this)
                .region(region)
                .endpointOverride(URI.create("http://127.0.0.1:8080"))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    Answer answer(RawRequest request) {
        return dispatch.answer(request, "127.0.0.1");
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() {
                var body = request.contentStreamProvider()
                        .map(c -> {
                            try (var stream = c.newStream()) {
                                return stream.readAllBytes();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        })
                        .orElse(new byte[0]);
                return response(answer(raw(request.httpRequest(), body)));
            }

            @Override
            public void abort() {}
        };
    }

    static RawRequest raw(SdkHttpRequest request, byte[] body) {
        var headers = new TreeMap<String, List<String>>();
        request.forEachHeader((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        headers.putIfAbsent("host", List.of(host(request)));
        return new RawRequest(
                request.method().name(),
                request.encodedPath().isEmpty() ? "/" : request.encodedPath(),
                request.encodedQueryParameters().orElse(""),
                headers,
                body);
    }

    private static String host(SdkHttpRequest request) {
        return request.port() == 80 || request.port() == 443 ? request.host() : request.host() + ":" + request.port();
    }

    private static HttpExecuteResponse response(Answer answer) {
        return HttpExecuteResponse.builder()
                .response(SdkHttpFullResponse.builder()
                        .statusCode(answer.status())
                        .putHeader("x-amzn-RequestId", answer.requestId())
                        .build())
                .responseBody(
                        AbortableInputStream.create(answer.content().bytes().asInputStream()))
                .build();
    }

    @Override
    public void close() {}

    private static final class NoSessions implements Sessions {
        @Override
        public Session issue(Caller caller, Duration lasting) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AccessKey open(String accessKeyId, String token) {
            throw new CloudException(ErrorCode.INVALID_CLIENT_TOKEN_ID, "not one of ours");
        }

        @Override
        public List<SessionSummary> list(AccountId account) {
            return List.of();
        }

        @Override
        public void end(AccountId account, String accessKeyId) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class TwoKeys implements KnownKeys {
        private final Map<String, AccessKey> keys = List.of(
                        new AccessKey(KEY_ID, SECRET, ACCOUNT, "key/" + KEY_ID, Role.ADMIN, true, 0, Instant.EPOCH),
                        new AccessKey(
                                READER_KEY_ID,
                                SECRET,
                                ACCOUNT,
                                "key/" + READER_KEY_ID,
                                Role.READER,
                                true,
                                0,
                                Instant.EPOCH),
                        new AccessKey(
                                "AKIAINACTIVE",
                                SECRET,
                                ACCOUNT,
                                "key/AKIAINACTIVE",
                                Role.ADMIN,
                                false,
                                1,
                                Instant.EPOCH))
                .stream()
                .collect(Collectors.toMap(AccessKey::id, k -> k));

        @Override
        public Optional<AccessKey> find(String accessKeyId) {
            return Optional.ofNullable(keys.get(accessKeyId));
        }

        @Override
        public void noteUse(String accessKeyId, String service, String region) {}
    }

    private final class ListedAudit implements AuditTrail {
        @Override
        public void append(AuditEntry entry) {
            audited.add(entry);
        }

        @Override
        public Page<AuditEntry> find(AuditQuery query) {
            throw new UnsupportedOperationException();
        }
    }

    /** Transactions of nothing, which remember how each ended. */
    static final class RecordingTransactions extends AbstractPlatformTransactionManager {
        final List<String> ends = new ArrayList<>();

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            ends.add("commit");
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            ends.add("rollback");
        }
    }
}
