using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

public sealed class SqliteMessageStoreTests : MessageStoreSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

public sealed class SqliteMessageStoreOnceTests : MessageStoreOnceSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

public sealed class SqliteMessagePagesTests : MessagePagesSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

public sealed class SqliteEntryKindTests : EntryKindSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

public sealed class SqliteRightsTests : RightsSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

public sealed class SqliteThreadStoreTests : ThreadStoreSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

public sealed class SqliteReactionTests : ReactionSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

public sealed class SqliteAmendmentTests : AmendmentSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

public sealed class SqliteShownLogTests : ShownLogSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

public sealed class SqliteLongListTests : LongListSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

public sealed class SqliteErasureTests : ErasureSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}
