namespace EdgeQueue.Cloud.Start;

/// <summary>
/// A feature of the cloud: a folder beside this one. It brings its own services, routes and settings, and is named once, in
/// <see cref="Rooms"/>. Constructors are inert: what runs by itself is an <see cref="BackgroundService"/>.
/// </summary>
internal interface IRoom
{
    /// <summary>Reads and checks the room's section of the settings, says all that is wrong with it, and registers its services.</summary>
    void AddServices(IServiceCollection services, IConfiguration settings, SettingFaults faults);

    void MapRoutes(IEndpointRouteBuilder routes);
}
