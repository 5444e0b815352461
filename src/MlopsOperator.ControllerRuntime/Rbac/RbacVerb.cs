namespace MlopsOperator.ControllerRuntime.Rbac;

/// <summary>Verbs of rights, as RBAC names them. There is none for "*": it grants what later versions of Kubernetes add.</summary>
[Flags]
public enum RbacVerb
{
    /// <summary>No verb.</summary>
    None = 0,

    /// <summary>Read one object.</summary>
    Get = 1,

    /// <summary>Read all objects.</summary>
    List = 2,

    /// <summary>Follow changes; caches need it with <see cref="List"/>.</summary>
    Watch = 4,

    /// <summary>Make an object; an apply that makes one needs it too.</summary>
    Create = 8,

    /// <summary>Replace an object.</summary>
    Update = 16,

    /// <summary>Patch or apply an object.</summary>
    Patch = 32,

    /// <summary>Delete an object.</summary>
    Delete = 64,

    /// <summary>What a cache and a fresh read need: get, list and watch.</summary>
    Read = Get | List | Watch,

    /// <summary>Every verb above.</summary>
    AllExplicit = Read | Create | Update | Patch | Delete,
}
