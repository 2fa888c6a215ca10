using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

[RequiresPostgres]
public sealed class PostgresMessageStoreTests : MessageStoreSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}

[RequiresPostgres]
public sealed class PostgresMessageStoreOnceTests : MessageStoreOnceSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}

[RequiresPostgres]
public sealed class PostgresMessagePagesTests : MessagePagesSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}

[RequiresPostgres]
public sealed class PostgresEntryKindTests : EntryKindSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}

[RequiresPostgres]
public sealed class PostgresRightsTests : RightsSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}

[RequiresPostgres]
public sealed class PostgresThreadStoreTests : ThreadStoreSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}

[RequiresPostgres]
public sealed class PostgresAmendmentTests : AmendmentSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}

[RequiresPostgres]
public sealed class PostgresShownLogTests : ShownLogSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}

[RequiresPostgres]
public sealed class PostgresLongListTests : LongListSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}

[RequiresPostgres]
public sealed class PostgresErasureTests : ErasureSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
