package io.croft.controller.identity;

import io.croft.controller.context.Caller.Role;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.NounFixture;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;

/** Users, their keys and what else is about who asks, in the tests of all nouns. */
public final class UserFixture implements NounFixture {
    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        beans.getBean(Users.class).create(tenant.account, "colleague", Role.ADMIN);
        var key = beans.getBean(AccessKeys.class).create(tenant.account, "colleague");
        return Map.of("user", "colleague", "access-key", key.id());
    }

    @Override
    public String actions() {
        return """
                GetUser CreateAccessKey ListAccessKeys | UserName={user}    | NoSuchEntity
                GetAccessKeyLastUsed DeleteAccessKey | AccessKeyId={access-key} | NoSuchEntity
                UpdateAccessKey | AccessKeyId={access-key}&Status=Inactive  | NoSuchEntity
                ListUsers GetSessionToken GetCallerIdentity DescribeAccountAttributes
                """;
    }

    @Override
    public String routes() {
        return """
                GET /v1/caller
                GET /v1/users
                GET /v1/users/{user}
                GET /v1/users/{user}/access-keys | | WRITE
                POST /v1/users/{user}/access-keys
                GET /v1/users/{user}/access-keys/{key} | | WRITE
                GET /v1/users/{user}/access-keys/{key}/last-use | | WRITE
                PUT /v1/users/{user}/access-keys/{key}/enabled | {"enabled":true}
                DELETE /v1/users/{user}/access-keys/{key}
                GET /v1/quotas
                GET /v1/audit
                """;
    }
}
