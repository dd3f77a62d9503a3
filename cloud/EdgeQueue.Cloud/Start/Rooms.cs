namespace EdgeQueue.Cloud.Start;

/// <summary>The rooms of this cloud, one line each.</summary>
internal static class Rooms
{
    public static IReadOnlyList<IRoom> All { get; } =
    [
        new Accounts.AccountsRoom(),
        new Metrics.MetricsRoom(),
        new Ingest.IngestRoom(),
        new Live.LiveRoom(),
        new Outside.OutsideRoom(),
        new Network.NetworkRoom(),
        new People.PeopleRoom(),
        new Sms.SmsRoom(),
        new MobileTicket.MobileRoom(),
        new Joining.JoinRoom(),
        new Bookings.BookingsRoom(),
        new Reports.ReportsRoom(),
        new Mail.MailRoom(),
        new Alerts.AlertRoom(),
        new Api.ApiRoom(),
        new Configuration.ConfigurationRoom(),
        new Updates.UpdatesRoom(),
    ];
}
