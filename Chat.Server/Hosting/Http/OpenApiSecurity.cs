using Chat.Server.Identity;
using Chat.Server.Transports.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Chat.Server.Hosting.Http;

/// <summary>Says in the OpenAPI document what each operation is to be called with, so that the page has an Authorize
/// button and generated clients know.</summary>
internal static class OpenApiSecurity
{
    private const string Token = "token", Key = "key", Scheme = "bearer";

    public static OpenApiOptions AddSecurity(this OpenApiOptions options) => options
        .AddDocumentTransformer((document, _, _) =>
        {
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[Token] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = Scheme, BearerFormat = "JWT or ct_…",
                Description = "A user's token. In open mode none is looked at.",
            };
            document.Components.SecuritySchemes[Key] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = Scheme, BearerFormat = "ck_…",
                Description = $"A back end's key, which is refused in browsers. {KeyHeaders.User} names the user that "
                    + $"it acts for, {KeyHeaders.Tenant} the tenant, where the key is for all.",
            };
            return Task.CompletedTask;
        })
        .AddOperationTransformer((operation, context, _) =>
        {
            var needsKey = context.Description.ActionDescriptor.EndpointMetadata.OfType<RequiredScope>().Any();
            operation.Security = [.. (needsKey ? (string[])[Key] : [Token, Key]).Select(name =>
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(name, context.Document)] = [],
                })];
            return Task.CompletedTask;
        });
}
