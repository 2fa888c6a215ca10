using Chat.Server.Callers;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Chat.Server.Persistence;

internal sealed class TenantColumn()
    : ValueConverter<Tenant, string>(tenant => tenant.Name, name => Tenant.Parse(name));
