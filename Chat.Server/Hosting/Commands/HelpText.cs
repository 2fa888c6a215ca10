namespace Chat.Server.Hosting.Commands;

internal static class HelpText
{
    public const string Text =
        """
        Chat server

        Usage: Chat.Server [command] [--Name=value ...]

        Commands
          serve         Run the server (the default).
          migrate       Bring the database schema up to date, then exit.
          rebuild       Rebuild what the tables say of changed messages from the log, then exit; servers may run meanwhile.
          export        Write all conversations as lines of JSON to standard output, or --output <file> (.gz compresses); --tenant, --conversation <id>[,<id>] for a part.
          import        Write such a file into a database that no server runs on: import <file>, or - for standard input. Run again, it goes on where it was.
          mode          Say which mode the deployment has; mode open makes it open again, for all its servers.
          token         Make a token for a user, in token mode: token <user>, and --name, --tenant, --role moderator, --expires 8h.
          token check   Say whose a token is, or why it is refused: token check <token>, or - for standard input.
          keys          Keys of back ends: keys create --name <name> --scope app, and --tenant, --expires 90d; keys list; keys revoke <id>.
          users         Erase what a user wrote, everywhere: users erase <user>, and --tenant; users erasure <id> says how far it is.
          webhooks      How the webhooks of the settings are: webhooks list; webhooks enable <name>; webhooks replay <name> --from <time>|beginning|now, and --conversation <id>.
          healthcheck   Exit 0 when the server on this machine answers /health/live, else 1. Another URL may be given.
          help          This text.
          version       The version.

        Settings
          Read from appsettings.json, then .env in the working directory, then environment variables,
          then the command line; the later source wins. In variable names write __ for the colon: Chat__Server__ShutdownSeconds.
          In .env put values with spaces, # or $ in single quotes.

          PORT                          8080       Port to listen on, on every address; of this machine only while Chat:Identity:Mode is not chosen.
          ASPNETCORE_URLS, --urls                  Addresses to listen on instead, for instance http://127.0.0.1:9000.

          ConnectionStrings:Chat                   Database: a postgres:// URL, an Npgsql string (Host=...) or a SQLite one (Data Source=...).
          DB_URL                                   Database, when the above is not set: postgres://user:password@host:port/name?sslmode=require
          DB_HOST                       localhost  PostgreSQL in parts, used when one of these five is set and none of the settings above.
          DB_PORT                       5432
          DB_USER                       postgres
          DB_PASSWORD                   postgres
          DB_NAME                       chat
                                                   With none of these: the SQLite file chat.db in the content root (the working directory).
          Chat:Database:Schema                     Schema of the tables on PostgreSQL, which is made when it is missing. Unless set: public, or what the role has by default.

          ConnectionStrings:Redis                  Redis 7.0 or newer, needed when several instances run:
                                                   redis://user:password@host:port, rediss:// for TLS; or the form of
                                                   StackExchange.Redis: host:port,password=... (also nodes of a Redis Cluster,
                                                   or sentinels with serviceName=...).
          REDIS_URL                                Redis, when the above is not set.
                                                   With none of these: a single instance.

          Chat:Identity:Mode                       Open: callers say who they are. Token: issuers under Authentication:Schemes say so, which make it the default, and tokens that are made here. Neither: open, for this machine only.
          Chat:Identity:UserClaim       sub        The claim of a token that is the user's id.
          Chat:Identity:NameClaim       name       The claim that is the user's name, as others are shown it.
          Chat:Identity:TenantClaim                The claim that is the user's tenant, where an issuer may say it. Unless set: none.
          Chat:Identity:RolesClaim      chat_roles The claim with the user's roles: user, moderator.
          Chat:Identity:Issuers:<name>:Tenant      Whose users an issuer's tokens are for: a tenant, or * where the claim says it. Unless set: default.
          Chat:Identity:MaxLifetimeMinutes  1440   Longest time from a token's issue to its expiry, 1 to 525600.
          Chat:WebApp:ClientId                     As what the issuer knows the web app, which then signs people in there (OpenID Connect).
          Chat:WebApp:Scope             openid profile offline_access  What the web app asks the issuer for.
          Authentication:Schemes:<name>            An issuer of tokens, as in every ASP.NET program: ValidIssuer, ValidAudience, and Authority or SigningKeys.

          Chat:Server:MigrateOnStart    true       Bring the schema up to date when the server starts.
          Chat:Server:ShutdownSeconds   10         Longest time a shutdown may take, 1 to 300.
          Chat:Server:DrainSeconds      4          Time over which clients are asked to reconnect before that, 0 to 300. With DrainDelaySeconds, less than ShutdownSeconds.
          Chat:Server:DrainDelaySeconds 0          From failing /health/ready until the first client is asked, 0 to 300: for load balancers that check rarely.
          Chat:Server:SecretsFolder                Folder with a file per setting, which wins over all other sources: Chat__Operators__Key. For mounted secrets.
          Chat:Server:AllowedHosts                 Host names of the server, besides localhost and addresses: chat.example.com, *.example.com, or *, separated by commas.
          Chat:Server:AllowedOrigins               Web sites whose pages may call this server: https://app.example.com, or *, separated by commas.
          Chat:Server:PathBase                     Path below which a proxy publishes the server without taking it off requests: /chat.
          Chat:Server:TrustedProxies               Proxies whose X-Forwarded-For and -Proto are trusted: addresses or networks (10.0.0.0/8), separated by commas.
          Chat:Server:ReadinessSeconds  2          Longest time the checks of /health/ready may take, 1 to 60.

          Chat:Persistence:CommandTimeoutSeconds    10      Longest time of one statement, 1 to 300.
          Chat:Persistence:StartupWaitSeconds       30      How long the migration waits for a database that is not up yet, 0 to 600.
          Chat:Persistence:CommitConnections        4       PostgreSQL connections that commit, 1 to 32.
          Chat:Persistence:ReadConnections          16      PostgreSQL connections for everything else, 1 to 200.

          Chat:Conversations:AddPolicy              Anyone  Who creates conversations and adds participants: Anyone or Backend.
          Chat:Messages:EditMinutes                 0       Minutes in which authors may edit a message, by the database's clock; 0: for ever.
          Chat:Messages:NewKinds                    true    Edits, deletions, pins, reactions and replies that only threads show are stored once no server of an older version runs.
          Chat:Messages:PinPolicy                   Members Who pins messages: Members or Moderators.
          Chat:Messages:ReactionIntervalMilliseconds 250    Milliseconds between two entries that tell the reactions to one message, 0 to 60000.
          Chat:Core:Lobby                           true    There is a lobby, which anyone may join, and with it the room of REST.
          Chat:Core:AppendLanes                     4       Most loops that commit at once, 1 to 64; as many as were measured to be best. Always 1 with SQLite.
          Chat:Core:MaxBatch                        512     Maximum number of entries per commit, 1 to 10000.
          Chat:Core:LaneCapacity                    8192    Maximum number of entries that wait per lane, 1 to 1000000.
          Chat:Core:FullLaneMilliseconds            5000    How long a send waits for a full lane before it is refused, 0 to 60000.
          Chat:Core:InDoubtMilliseconds             5000    How long the outcome of a commit is looked up after its connection broke, 0 to 60000.
          Chat:Core:SendsInFlightPerConnection      64      Concurrent sends per connection, 1 to 10000.
          Chat:Core:AccessCacheSeconds              30      How long a user's access to a conversation is cached, 0 to 3600.
          Chat:Core:AccessCacheSize                 200000  Maximum number of cached accesses, 100 to 100000000.

          Chat:FanOut:FeedCapacity                  1024    Entries kept in memory per feed, 16 to 65536.
          Chat:FanOut:FeedBytes                     4194304 Bytes kept in memory per feed, encodings included, 65536 to 1073741824.
          Chat:FanOut:BlockBytes                    65536   Bytes per write to one reader, 4096 to 1048576.
          Chat:FanOut:CatchUpPage                   1024    Entries read from the log at once, 16 to 10000.
          Chat:FanOut:GapMilliseconds               30      How long a hole may last before it is filled from the log, 1 to 10000.
          Chat:FanOut:HeadCheckMilliseconds         1000    Interval of comparisons with the database, 50 to 600000.
          Chat:FanOut:FeedIdleSeconds               30      How long a feed without readers is kept, 1 to 86400.
          Chat:FanOut:WriteTimeoutSeconds           30      A connection that accepts no data for this time is closed, 1 to 3600. It may resume.
          Chat:FanOut:JoinsPerConnection            1000    Maximum number of joined conversations per connection, 1 to 100000.

          Chat:Memory:CatchUpBytes                  67108864 Bytes read from the log for readers who are behind, 4194304 to 2000000000. Beyond: the oldest is dropped and read again.
          Chat:Memory:UnfinishedBytes               67108864 Bytes of incomplete messages. Beyond: the connections of the oldest are closed.
          Chat:Memory:LaneBytes                     67108864 Bytes of messages that wait to be stored. Beyond: sends wait, then they are refused.
          Chat:Memory:IntakeBytes                   67108864 Bytes of background tasks that wait to be stored. Beyond: requests wait 5 s, then they are answered 503.
          Chat:Memory:AnswerBytes                   67108864 Bytes of answers that clients have not taken yet. Beyond: calls wait 10 s, then they are refused; slow takers are cut.
          Chat:Memory:FeedBytes                     67108864 Bytes that all feeds keep (Chat:FanOut:FeedBytes each). Beyond: those that moved on the longest ago are emptied.
          Chat:Memory:ReconnectBytes                67108864 Bytes for stateful reconnect, 1 MiB a connection. Beyond: new connections have none, and resume at their cursors.
          Chat:Memory:SignalBytes                   67108864 Bytes of signals that wait for their connections. Beyond: a connection that gets one loses older ones.
          Chat:Memory:RevocationBytes               67108864 Bytes of revoked and deactivated users, about 400 each. Beyond: no further users are revoked.

          Chat:Limits:Factor                        1       Multiplies how often clients may do things. 0 turns all limits off: for benchmarks.
          Chat:Limits:Connections                           Connections of this instance, polls included. Unless set: 90 % of the files that may be open, and all but 500.
          Chat:Limits:ConnectionsPerAddress         200     In open mode: connections from one address; loopback and trusted proxies do not count.
          Chat:Limits:ConnectionsPerUser            20      With tokens: connections of one user, to one instance.
          Chat:Limits:SendsPerUserPerMinute         300     With tokens: messages of one user, over all connections and requests to one instance.

          Chat:Backplane:ChannelPrefix              chat    Prefix of all Redis channel names: letters, digits, dots, dashes, underscores. Deployments that share a Redis need different ones.
          Chat:Backplane:RedisCaFile                        Certificate of the authority that issued Redis' certificate: PEM or DER.
          Chat:Backplane:QueueCapacity              65536   Maximum number of messages that wait, per direction, 256 to 10000000.
          Chat:Backplane:ProbeMilliseconds          1000    Interval of checks that Redis carries messages, 100 to 60000. No answer for 2.5 intervals is an outage.
          Chat:Backplane:SharesHubPushes            true    Pushes through IHubContext reach the hub connections of all instances; costs about 6 KB per hub connection.

          Chat:Signals:TypingThrottleMilliseconds   2000    Repeats of typing within this time are ignored, 0 to 60000.
          Chat:Signals:TypingExpiryMilliseconds     6000    Typing ends when it is not repeated within this time, 500 to 600000, more than the above.

          Chat:Presence:LingerSeconds               5       How long a user stays online after the last connection ended, 0 to 300.
          Chat:Presence:RestSeconds                 45      How long a client of the REST room stays online after its last request, 1 to 3600.
          Chat:Presence:HeartbeatSeconds            5       Interval of heartbeats to the other instances, 1 to 300.
          Chat:Presence:LeaseSeconds                15      An instance without a heartbeat for this time counts as gone, with its users, 2 to 3600; at least two heartbeats.
          Chat:Presence:WatchLimit                  256     Maximum number of users per conversation whose changes are reported, 0 to 10000.

          Chat:Room:InactiveSeconds                 300     A client of the REST room that neither sends nor polls is removed within a further minute, 1 to 86400.
          Chat:Room:TouchSeconds                    15      Interval at which client activity is stored, 1 to 20.
          Chat:Room:RecheckSeconds                  2       How long a leave on another instance may take to show, 1 to 60.
          Chat:Room:PollSeconds                     30      How long a poll without news waits, 1 to 300.

          Chat:RawSocket:SingleSessionPerUser       false   A new socket of a user closes the older one with 4001.
          Chat:RawSocket:PingSeconds                30      Interval of Ping frames, 1 to 3600.
          Chat:RawSocket:PongTimeoutSeconds         30      How long a peer may be silent after a Ping, 1 to 3600.

          Chat:Tasks:Concurrency                    10      Background tasks that this instance runs at once, 0 to 1000; also ASYNQ_CONCURRENCY.
          Chat:Tasks:Queues                         critical=6,default=3,low=1  Weights of queues; other queues have 1. Also ASYNQ_QUEUES.
          Chat:Tasks:StrictPriority                 false   A queue is worked only while all of greater weight are empty.
          Chat:Tasks:LeaseSeconds                   30      Tasks of a worker that is silent for this time go to other workers, 2 to 3600.
          Chat:Tasks:PollMilliseconds               500     Interval of checks for due tasks, 10 to 60000.
          Chat:Tasks:RetryMilliseconds              2000    Delay before the first retry, doubled for each further one, 1 to 3600000.
          Chat:Tasks:RetryMaxSeconds                3600    Longest delay between retries, 1 to 86400.
          Chat:Tasks:StopSeconds                    2       Time for running tasks to finish at shutdown; then they are returned to the queue, 0 to 300.

          Chat:Operators:Url                       Address of /tasks, /metrics, /docs and /openapi. Unless set: this machine only, on PORT + 1000 (http://127.0.0.1:9080).
          Chat:Operators:Key                       Password (or bearer token) for these, 16 to 512 characters. Unless set: generated at the first start; the log has a link with it.
          Chat:TaskAdmin:Key                       The former name of Chat:Operators:Key.
          Chat:Operators:KeyFile                   Where a generated key is kept. Unless set: operators.key beside the SQLite file, else in the working directory.

          Chat:Audit:RetentionDays                  365     Days after which entries of the audit are deleted, 1 to 36500.
          Chat:Retention:MessageDays                0       Whole days (UTC) after which the content of messages is erased, 0 (never) to 36500.

          Chat:Notifications:Endpoints                      Webhooks for messages to participants who are not connected: https addresses, separated by commas.
          Chat:Notifications:Secret                         Key that signs them, at least 16 characters; two, separated by a comma, while one replaces the other.
          Chat:Notifications:AllowHttp              false   Addresses may be http.
          Chat:Notifications:GatherSeconds          10      Messages of a conversation within this time are sent as one notice, 0 to 3600.
          Chat:Notifications:TimeoutSeconds         10      Longest time of one attempt, 1 to 120.
          Chat:Notifications:MaxRetry               12      Retries of one notice, 0 to 100.
          Chat:Notifications:BreakAfter             5       Failures in a row after which an endpoint is paused, 2 to 1000.
          Chat:Notifications:BreakSeconds           30      How long it is paused, 1 to 3600.
          Chat:Notifications:PreviewCharacters      200     Characters of a message's text that are included, 0 to 10000.

          Chat:Webhooks:<name>:Url                          An endpoint that is told of every entry: an https address (docs/webhooks.md).
          Chat:Webhooks:<name>:Secret                       Key that signs: whsec_ and base64; two, separated by a comma, while one replaces the other.
          Chat:Webhooks:<name>:AllowHttp            false   The address may be http.
          Chat:Webhooks:<name>:Kinds                        Only these kinds of entries: Message, MessageEdited, Content, ..., separated by commas.
          Chat:Webhooks:<name>:Tenant                       Only entries of this tenant.
          Chat:Webhooks:<name>:Conversations                Only entries of these conversations: ids, separated by commas.
          Chat:Webhooks:<name>:TimeoutSeconds       10      Longest time of one attempt, 1 to 120.
          Chat:Webhooks:<name>:AtOnce               8       Posts at once, of different conversations, 1 to 64.
          Chat:Webhooks:BeforeSend:Url                      An endpoint that is asked before a message is stored. Secret and AllowHttp as above.
          Chat:Webhooks:BeforeSend:BudgetMilliseconds 500   Longest time of an answer, 10 to 5000.
          Chat:Webhooks:BeforeSend:OnFailure                What becomes of messages without an answer: Refuse or Allow. Must be said.

          OTEL_EXPORTER_OTLP_ENDPOINT              Where metrics and traces are sent (the other OTEL_ variables apply too).
          OTEL_SERVICE_NAME             chat       Name of this service in metrics and traces.
          Logging:LogLevel:Default      Information

        Addresses
          /  /sdk/chat-client.js  /hubs/chat  /api/v1/chat/ws  /api  /api/v1  /health  /health/live  /health/ready
          for operators: /operators  /tasks  /docs  /openapi/v1.json  /metrics

        """;
}
